/** For tests: what reaches a client when faults are played, octet by octet and millisecond by millisecond. */
import type { Duration } from '@pop3kit/codec'
import { type Fault, type MessageInit, type Pop3Server, type Pop3ServerOptions, pop3 } from '../index.ts'
import { type Talk, aliceServer, talk } from './talk.ts'

/** What came of it. */
export interface Played {
  readonly server: Pop3Server
  readonly client: Talk
  /** The pieces that reached the client. */
  readonly chunks: readonly string[]
  /** When each came, in milliseconds since the command. */
  readonly times: readonly number[]
  /** All of them together. */
  readonly octets: string
  /** How often a fault took effect. */
  readonly fired: number
  /** What the transcript says behind the login. */
  readonly transcript: string
  /** How the connection ended for the client, if it did. */
  readonly end: 'closed' | 'ECONNRESET' | undefined
}

/** Logs in, plays the faults at the commands that follow, and lets time pass. */
export async function play(
  faults: Fault | readonly Fault[],
  commands: string | readonly string[],
  { during = 0, messages, ...options }: Options = {},
): Promise<Played> {
  const server = aliceServer({ clock: 'virtual', ...options }, messages)
  const client = await talk(server).login()
  let end: Played['end']
  client.stream.on('end', () => (end ??= 'closed'))
  client.stream.on('error', () => (end = 'ECONNRESET'))
  server.use(pop3.any(faults))
  const before = server.transcript().length
  const beginning = server.clock.now()
  const times: number[] = []
  client.chunks.length = 0
  client.stream.on('data', () => times.push(server.clock.now() - beginning))
  for (const command of [commands].flat()) {
    client.send(`${command}\r\n`)
    await server.clock.advance(0)
  }
  await server.clock.advance(during)
  return {
    server,
    client,
    chunks: client.chunks,
    times,
    octets: client.chunks.join(''),
    fired: server.listHandlers()[0]?.fired ?? 0,
    transcript: server.transcript().slice(before),
    end,
  }
}

interface Options extends Omit<Pop3ServerOptions, 'maildrops'> {
  /** How much time passes behind the last command. */
  readonly during?: Duration
  readonly messages?: readonly MessageInit[]
}
