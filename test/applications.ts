/** What applications are made of: the most used clients, each fetching the messages of alice from a host that it was given. */
import { Pop3Client } from '@pop3kit/client'
import { createRequire } from 'node:module'
import NodePop3 from 'node-pop3'

/** Where an application finds its mail. */
export interface Provider {
  readonly host: string
  readonly port: number
  /** Whom it trusts besides whom Node trusts. */
  readonly ca?: string
}

/** Fetches all messages of a maildrop. */
export type Application = (provider: Provider) => Promise<string[]>

const require = createRequire(import.meta.url)

interface Yapople {
  connect(): Promise<unknown>
  count(): Promise<number>
  retrieve(number: number): Promise<Buffer>
  quit(): Promise<unknown>
}

const { Client: Yapople }: { Client: new (options: object) => Yapople } = require('yapople')

const tlsOptions = ({ ca }: Provider): object => (ca === undefined ? {} : { ca })

const nodePop3 = async (tls: boolean, provider: Provider): Promise<string[]> => {
  const { host, port } = provider
  const client = new NodePop3({
    host,
    port,
    tls,
    user: 'alice',
    password: 'wonderland',
    tlsOptions: tlsOptions(provider),
  })
  const listing = await client.UIDL()
  const messages: string[] = []
  for (const index of listing.keys()) messages.push(await client.RETR(index + 1))
  await client.QUIT()
  return messages
}

const yapople = async (tls: boolean, provider: Provider): Promise<string[]> => {
  const { host, port } = provider
  const client = new Yapople({
    host,
    port,
    tls,
    username: 'alice',
    password: 'wonderland',
    options: tlsOptions(provider),
  })
  await client.connect()
  const messages: string[] = []
  for (let number = await client.count(); number > 0; number -= 1)
    messages.unshift(String(await client.retrieve(number)))
  await client.quit()
  return messages
}

const ours = async (mode: 'implicit' | 'starttls', provider: Provider): Promise<string[]> => {
  const { host, port } = provider
  const auth = { user: 'alice', pass: 'wonderland' }
  const client = await Pop3Client.connect({ host, port, tls: { mode, ...tlsOptions(provider) }, auth })
  const messages: string[] = []
  for await (const message of client.messages()) messages.push(Buffer.from(await message.bytes()).toString())
  await client.quit()
  return messages
}

/** Those that connect in clear. */
export const inClear: Readonly<Record<string, Application>> = {
  'node-pop3': (provider) => nodePop3(false, provider),
  yapople: (provider) => yapople(false, provider),
  '@pop3kit/client with STLS': (provider) => ours('starttls', provider),
}

/** Those that begin with TLS. */
export const overTls: Readonly<Record<string, Application>> = {
  'node-pop3': (provider) => nodePop3(true, provider),
  yapople: (provider) => yapople(true, provider),
  '@pop3kit/client': (provider) => ours('implicit', provider),
}
