/** One call of the client: it is made, and what it gives is noted. */
import type { Pop3CallOptions, Pop3Client } from '@pop3kit/client'
import type { Account } from './account.ts'
import { type Call, type Reading, endless } from './case.ts'
import { authOf } from './mailbox.ts'
import type { Tap } from './tap.ts'
import type { Time } from './time.ts'

/** What is at hand where the client is used. */
export interface Desk {
  readonly account: Account
  readonly tap: Tap
  readonly time: Time
  /** Whether no other call has been under way since this one began. */
  readonly isAlone: () => boolean
}

type CallOf<Verb extends Call['verb']> = Extract<Call, { readonly verb: Verb }>

const textOf = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1')

/** Rejects as the call does. */
export async function act(client: Pop3Client, call: Call, options: Pop3CallOptions, desk: Desk): Promise<void> {
  const { account } = desk
  const { claims } = account
  switch (call.verb) {
    case 'login':
      await client.login(authOf(call.login), options)
      claims.push({ request: 'login' })
      break
    case 'STAT': {
      const { messages, octets } = await client.stat(options)
      claims.push({ request: 'STAT', rows: [`${messages} ${octets}`] })
      break
    }
    case 'LIST':
    case 'UIDL':
      await list(client, call, options, account)
      break
    case 'RETR':
      account.fetch(call.number, textOf(await client.retr(call.number, options)))
      break
    case 'TOP': {
      const { number, lines } = call
      const body = textOf(await client.top(number, lines, options))
      claims.push({ request: `TOP ${number} ${lines}`, body })
      break
    }
    case 'DELE':
      account.condemned.add(call.number)
      await client.dele(call.number, options)
      claims.push({ request: `DELE ${call.number}` })
      account.agreed.add(call.number)
      break
    case 'stream': {
      const octets = await stream(client.retrStream(call.number, options), call, desk)
      if (octets.isWhole) account.fetch(call.number, octets.text)
      else if (octets.text !== '') claims.push({ request: `RETR ${call.number}`, body: octets.text, isPart: true })
      break
    }
    case 'messages':
      await fetchAll(client, call, options, desk)
      break
    case 'forget':
      void client.noop(options)
      void client.retrStream(call.number, options)[Symbol.asyncIterator]().next()
      break
    case 'close':
      await client.close()
      break
    case 'LANG':
      await client.lang(options)
      break
    case 'CAPA':
      await client.capa(options)
      break
    default: {
      const methods = { NOOP: 'noop', RSET: 'rset', QUIT: 'quit', UTF8: 'utf8' } as const
      await client[methods[call.verb]](options)
      claims.push({ request: call.verb })
    }
  }
}

async function list(
  client: Pop3Client,
  { verb, number }: CallOf<'LIST' | 'UIDL'>,
  options: Pop3CallOptions,
  { claims }: Account,
): Promise<void> {
  if (verb === 'LIST') {
    const found = number === undefined ? await client.list(options) : [await client.list(number, options)]
    const rows = found.map(({ number, octets }) => `${number} ${octets}`)
    claims.push({ request: number === undefined ? 'LIST' : `LIST ${number}`, rows })
  } else {
    const found = number === undefined ? await client.uidl(options) : [await client.uidl(number, options)]
    const rows = found.map(({ number, uniqueId }) => `${number} ${uniqueId}`)
    claims.push({ request: number === undefined ? 'UIDL' : `UIDL ${number}`, rows })
  }
}

/** A consumer takes its time over so many pieces. */
const pauses = 5

/** Reads a body as its consumer does. */
async function stream(
  octets: AsyncIterable<Uint8Array>,
  { pause, after, then }: Reading,
  { account, tap, time, isAlone }: Desk,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const pieces = octets[Symbol.asyncIterator]()
  let text = ''
  const before = tap.heard.length
  for (let count = 0; count < after; count += 1) {
    const piece = await pieces.next()
    if (piece.done === true) return { text, isWhole: true }
    text += textOf(piece.value)
    if (pause > 0 && count < pauses) await time.sleep(pause)
    // What has come for others is not for this consumer.
    if (isAlone() && !tap.isOver) account.backlog = Math.max(account.backlog, tap.heard.length - before - text.length)
  }
  if (then === 'leave') await pieces.return?.()
  return { text, isWhole: false }
}

/** Fetches message after message; each is marked when it is there, and not before. */
async function fetchAll(
  client: Pop3Client,
  { by, mark, after, then }: CallOf<'messages'>,
  options: Pop3CallOptions,
  desk: Desk,
): Promise<void> {
  const { account } = desk
  const marked: number[] = []
  const messages = client.messages(options)[Symbol.asyncIterator]()
  for (let count = 0; count < after; count += 1) {
    const next = await messages.next()
    if (next.done === true) break
    const { number, uidl } = next.value
    if (by === 'bytes') account.fetch(number, textOf(await next.value.bytes(options)), uidl)
    if (by === 'stream') {
      const whole = await stream(next.value.stream(options), { pause: 0, after: endless, then: 'leave' }, desk)
      account.fetch(number, whole.text, uidl)
    }
    if (!mark || by === 'nothing') continue
    next.value.markDeleted()
    account.marked.add(number)
    marked.push(number)
  }
  if (then === 'leave') await messages.return?.()
  // Had a DELE been refused, the loop would not have ended well, or QUIT will not.
  for (const number of marked) account.agreed.add(number)
}
