import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pop3Client } from './client.ts'
import type { Pop3CallOptions } from './options.ts'
import {
  type Answer,
  login,
  type Script,
  scriptedServer,
  type ScriptedServer,
  silence,
} from './testing/scripted-server.ts'

/** A place where a session can be struck: the last thing the server says there, and the call that is under way. */
interface Point {
  readonly name: string
  readonly phase: string
  readonly at: string
  readonly says: string
  readonly received?: number
  readonly tls?: 'starttls' | 'implicit'
  readonly call: (client: Pop3Client, options: Pop3CallOptions) => Promise<unknown>
}

const auth = { user: 'alice', pass: 'wonderland' }
const retr = (client: Pop3Client, options: Pop3CallOptions): Promise<unknown> => client.retr(1, options)
const stream = (client: Pop3Client, options: Pop3CallOptions): Promise<unknown> =>
  collect(client.retrStream(1, options))
const noop = (client: Pop3Client, options: Pop3CallOptions): Promise<unknown> => client.noop(options)

const points: readonly Point[] = [
  { name: 'no greeting', phase: 'greeting', at: 'greeting', says: '', call: noop },
  { name: 'half a greeting', phase: 'greeting', at: 'greeting', says: '+OK rea', call: noop },
  { name: 'no answer to STLS', phase: 'tls', tls: 'starttls', at: 'STLS', says: '', call: noop },
  { name: 'STLS, then no handshake', phase: 'tls', tls: 'starttls', at: 'STLS', says: '+OK\r\n', call: noop },
  { name: 'no handshake at all', phase: 'tls', tls: 'implicit', at: 'greeting', says: '', call: noop },
  {
    name: 'no answer to USER',
    phase: 'login',
    at: 'USER',
    says: '',
    call: (client, options) => client.login(auth, options),
  },
  {
    name: 'no answer to PASS',
    phase: 'login',
    at: 'PASS',
    says: '',
    call: (client, options) => client.login(auth, options),
  },
  { name: 'no answer to CAPA', phase: 'CAPA', at: 'CAPA', says: '', call: (client, options) => client.capa(options) },
  {
    name: 'half of CAPA',
    phase: 'CAPA',
    at: 'CAPA',
    says: '+OK\r\nTOP\r\nUI',
    received: 3,
    call: (client, options) => client.capa(options),
  },
  { name: 'no answer to STAT', phase: 'STAT', at: 'STAT', says: '', call: (client, options) => client.stat(options) },
  { name: 'half of STAT', phase: 'STAT', at: 'STAT', says: '+OK 2 3', call: (client, options) => client.stat(options) },
  { name: 'no answer to LIST', phase: 'LIST', at: 'LIST', says: '', call: (client, options) => client.list(options) },
  {
    name: 'half of LIST',
    phase: 'LIST',
    at: 'LIST',
    says: '+OK\r\n1 120\r\n',
    received: 5,
    call: (client, options) => client.list(options),
  },
  {
    name: 'no answer to LIST 1',
    phase: 'LIST',
    at: 'LIST 1',
    says: '+OK 1 1',
    call: (client, options) => client.list(1, options),
  },
  {
    name: 'half of UIDL',
    phase: 'UIDL',
    at: 'UIDL',
    says: '+OK\r\n1 a\r\n.',
    received: 3,
    call: (client, options) => client.uidl(options),
  },
  { name: 'no answer to RETR', phase: 'RETR', at: 'RETR', says: '', call: retr },
  { name: 'half a message', phase: 'RETR', at: 'RETR', says: '+OK\r\nSubj', received: 4, call: retr },
  { name: 'a message without terminator', phase: 'RETR', at: 'RETR', says: '+OK\r\nab\r\n', received: 4, call: retr },
  {
    name: 'a message with half a terminator',
    phase: 'RETR',
    at: 'RETR',
    says: '+OK\r\nab\r\n.\r',
    received: 4,
    call: retr,
  },
  { name: 'a stream that has not begun', phase: 'RETR', at: 'RETR', says: '+OK\r', call: stream },
  { name: 'half a stream', phase: 'RETR', at: 'RETR', says: '+OK\r\nSubj', received: 4, call: stream },
  {
    name: 'half of TOP',
    phase: 'TOP',
    at: 'TOP',
    says: '+OK\r\nS',
    received: 1,
    call: (client, options) => client.top(1, 0, options),
  },
  {
    name: 'no answer to DELE',
    phase: 'DELE',
    at: 'DELE',
    says: '',
    call: (client, options) => client.dele(1, options),
  },
  { name: 'no answer to NOOP', phase: 'NOOP', at: 'NOOP', says: '', call: noop },
  { name: 'no answer to RSET', phase: 'RSET', at: 'RSET', says: '', call: (client, options) => client.rset(options) },
  { name: 'no answer to QUIT', phase: 'QUIT', at: 'QUIT', says: '', call: (client, options) => client.quit(options) },
  {
    name: 'no answer to the UIDL of messages()',
    phase: 'UIDL',
    at: 'UIDL',
    says: '',
    call: (client, options) => collect(client.messages(options)),
  },
]

interface Strike {
  readonly name: string
  readonly strike: (parties: { server: ScriptedServer; client: Pop3Client; abort: () => void }) => void
  readonly error: (point: Point) => object
}

const reason = new Error('given up')
const closed = ({ phase, received = 0 }: Point): object => ({ code: 'POP3_CLOSED', phase, received })

const strikes: readonly Strike[] = [
  {
    name: 'time-out',
    strike: () => vi.advanceTimersByTime(600_000),
    error: ({ phase }) => ({ code: 'POP3_TIMEOUT', phase, timeout: 600_000 }),
  },
  { name: 'FIN', strike: ({ server }) => server.close(), error: closed },
  {
    name: 'RST',
    strike: ({ server }) => server.reset(),
    error: (point) => ({ ...closed(point), cause: { code: 'ECONNRESET' } }),
  },
  { name: 'abort', strike: ({ abort }) => abort(), error: () => reason },
  { name: 'close()', strike: ({ client }) => void client.close(), error: closed },
]

async function collect<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of iterable) items.push(item)
  return items
}

const outcome = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (value) => ({ value }),
    (error: unknown) => error,
  )

/** A script that says something and nothing more at one point, and the moment in which it has come so far. */
function stopAt({ at, says, tls }: Point): { script: Script; reached: Promise<void> } {
  let reach = (): void => {}
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  const stop: Answer = (end) => {
    end.send(says)
    reach()
  }
  // The octets of a handshake that nobody takes part in may look like a line
  const otherwise: Script = tls === 'implicit' ? { otherwise: silence } : {}
  return { script: { ...login, ...otherwise, [at]: stop }, reached }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
})

test.each(points.flatMap((point) => strikes.map((strike) => ({ point, strike }))))(
  '$point.name, then $strike.name: the call settles with its own error, the one behind it with Pop3ClosedError',
  async ({ point, strike: { name, strike, error } }) => {
    const { script, reached } = stopAt(point)
    const server = scriptedServer(script)
    const client = new Pop3Client({ transport: server.transport, tls: point.tls, timeout: '10m' })
    const controller = new AbortController()
    const call = outcome(point.call(client, { signal: controller.signal }))
    const queued = outcome(client.noop())
    await reached
    await turnOfTheLoop()
    strike({ server, client, abort: () => controller.abort(reason) })
    const first = await call
    expect(first).toMatchObject(error(point))

    const onlyWithdrawn = name === 'abort' && point.at === 'greeting'
    if (onlyWithdrawn) await client.close()
    expect(await queued).toMatchObject({ code: 'POP3_CLOSED', ...(onlyWithdrawn ? {} : { cause: first }) })
    expect(await outcome(client.stat())).toMatchObject({ code: 'POP3_CLOSED', phase: 'STAT' })
    expect(server.transport.destroyed).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  },
)
