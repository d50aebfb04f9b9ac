/** PIPELINING (RFC 2449 section 6.6): what goes out together, and that every rule about calls holds for it. */
import * as fc from 'fast-check'
import { getEventListeners } from 'node:events'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pop3Client } from './client.ts'
import { type Cut, type Script, scriptedServer, type ScriptedServer, silence, text } from './testing/scripted-server.ts'
import { limits } from './window.ts'

const announced: Script = { CAPA: '+OK\r\nPIPELINING\r\n.\r\n' }
const reason = new Error('given up')

/** A server that pipelines and says nothing but what the test lets it say. */
async function quietServer(script: Script = {}): Promise<{ server: ScriptedServer; client: Pop3Client }> {
  const server = scriptedServer({ ...announced, otherwise: silence, ...script })
  const client = new Pop3Client({ transport: server.transport, timeout: '10s' })
  await client.capa()
  return { server, client }
}

const outcome = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (value) => ({ value }),
    (error: unknown) => error,
  )

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
})

test('R51: commands called at once go out in one write, and the replies are matched in order', async () => {
  const { server, client } = await quietServer()
  const write = vi.spyOn(server.transport, 'write')
  const calls = [
    client.stat(),
    client.list(2),
    client.retr(1),
    client.top(1, 0),
    client.uidl(),
    client.dele(9),
    client.noop(),
  ]
  const outcomes = Promise.all(calls.map(outcome))
  await turnOfTheLoop()
  expect(write).toHaveBeenCalledOnce()
  expect(server.commands.slice(1)).toEqual(['STAT', 'LIST 2', 'RETR 1', 'TOP 1 0', 'UIDL', 'DELE 9', 'NOOP'])
  server.send('+OK 2 320\r\n+OK 2 200\r\n+OK\r\n+OK\r\n-ERR\r\n.\r\n+OK\r\n.\r\n+OK\r\n1 a\r\n.\r\n-ERR no\r\n+OK\r\n')
  expect(await outcomes).toMatchObject([
    { value: { messages: 2, octets: 320 } },
    { value: { number: 2, octets: 200 } },
    { value: new Uint8Array(Buffer.from('+OK\r\n-ERR\r\n')) },
    { value: new Uint8Array() },
    { value: [{ number: 1, uniqueId: 'a' }] },
    { code: 'POP3_REPLY', command: 'DELE 9' },
    { value: undefined },
  ])
  await client.close()
})

test('a call that is made while others are unanswered goes out at once', async () => {
  const { server, client } = await quietServer()
  const first = client.noop()
  await turnOfTheLoop()
  const second = client.stat()
  await turnOfTheLoop()
  expect(server.commands.slice(1)).toEqual(['NOOP', 'STAT'])
  server.send('+OK\r\n+OK 0 0\r\n')
  await Promise.all([first, second])
  await client.close()
})

test('R52: the window holds a number of commands, and moves on with every reply', async () => {
  const { server, client } = await quietServer()
  const calls = Promise.all(Array.from({ length: limits.commands + 3 }, () => client.noop()))
  await turnOfTheLoop()
  expect(server.commands).toHaveLength(1 + limits.commands)
  server.send('+OK\r\n')
  await turnOfTheLoop()
  expect(server.commands).toHaveLength(1 + limits.commands + 1)
  server.send('+OK\r\n'.repeat(limits.commands))
  await turnOfTheLoop()
  expect(server.commands).toHaveLength(1 + limits.commands + 3)
  server.send('+OK\r\n+OK\r\n')
  await calls
  await client.close()
})

test('R52: the window holds a number of octets', async () => {
  const { server, client } = await quietServer()
  const number = 10 ** 15
  const length = `RETR ${number}\r\n`.length
  const calls = Promise.allSettled(Array.from({ length: 60 }, () => client.retr(number)))
  await turnOfTheLoop()
  expect(server.commands).toHaveLength(1 + Math.floor(limits.octets / length))
  await client.close()
  await calls
})

test('a command that is longer than the window goes out alone', async () => {
  const { server, client } = await quietServer()
  const long = 'x'.repeat(limits.octets)
  const calls = Promise.allSettled([client.noop(), client.lang(long), client.noop()])
  await turnOfTheLoop()
  expect(server.commands.slice(1)).toEqual(['NOOP'])
  server.send('+OK\r\n')
  await turnOfTheLoop()
  expect(server.commands.slice(1)).toEqual(['NOOP', `LANG ${long}`])
  await client.close()
  await calls
})

test('a row that makes no sense fails its call, and those behind it go on', async () => {
  const { server, client } = await quietServer()
  const outcomes = Promise.all([client.list(), client.uidl(1), client.stat()].map(outcome))
  await turnOfTheLoop()
  server.send('+OK\r\n1 x\r\n.\r\n+OK 7 a\r\n+OK 1 5\r\n')
  expect(await outcomes).toMatchObject([
    { code: 'POP3_PROTOCOL' },
    { code: 'POP3_PROTOCOL' },
    { value: { messages: 1, octets: 5 } },
  ])
  await client.close()
})

test('the time of a call begins when its reply is due', async () => {
  const { server, client } = await quietServer()
  const calls = [client.noop(), client.rset()].map(outcome)
  await turnOfTheLoop()
  vi.advanceTimersByTime(9999)
  server.send('+OK\r\n')
  await turnOfTheLoop()
  vi.advanceTimersByTime(9999)
  server.send('+OK\r\n')
  expect(await Promise.all(calls)).toEqual([{ value: undefined }, { value: undefined }])
  expect(vi.getTimerCount()).toBe(0)
  await client.close()
})

test('a time-out ends the connection, and all that was sent with it settles', async () => {
  const { server, client } = await quietServer()
  const calls = Promise.all([client.noop(), client.retr(1), client.stat()].map(outcome))
  await turnOfTheLoop()
  server.send('+OK\r\n')
  await turnOfTheLoop()
  vi.advanceTimersByTime(10_000)
  const timeout = { code: 'POP3_TIMEOUT', phase: 'RETR' }
  expect(await calls).toMatchObject([
    { value: undefined },
    timeout,
    { code: 'POP3_CLOSED', phase: 'STAT', cause: timeout, message: expect.stringContaining('before it was answered') },
  ])
  expect(server.transport.destroyed).toBe(true)
})

test('an abort behind the command that is answered ends the connection, because the reply is on its way', async () => {
  const { server, client } = await quietServer()
  const { signal, abort } = aborting()
  const calls = Promise.all([client.noop(), client.retr(1, { signal }), client.stat()].map(outcome))
  await turnOfTheLoop()
  abort()
  expect(await calls).toMatchObject([
    {
      code: 'POP3_CLOSED',
      phase: 'NOOP',
      cause: reason,
      message: expect.stringContaining('a call behind it was given up'),
    },
    reason,
    { code: 'POP3_CLOSED', phase: 'STAT', cause: reason },
  ])
  expect(server.transport.destroyed).toBe(true)
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('so does an abort when its reply has become due', async () => {
  const { server, client } = await quietServer()
  const { signal, abort } = aborting()
  const calls = Promise.all([client.noop(), client.dele(1, { signal })].map(outcome))
  await turnOfTheLoop()
  server.send('+OK\r\n')
  await turnOfTheLoop()
  abort()
  expect(await calls).toEqual([{ value: undefined }, reason])
  expect(server.transport.destroyed).toBe(true)
})

test('an abort of a call that is still outside of the window withdraws that call alone', async () => {
  const { server, client } = await quietServer()
  const { signal, abort } = aborting()
  const sent = Promise.all(Array.from({ length: limits.commands }, () => client.noop()))
  const withdrawn = outcome(client.stat({ signal }))
  await turnOfTheLoop()
  abort()
  expect(await withdrawn).toBe(reason)
  server.send('+OK\r\n'.repeat(limits.commands))
  await sent
  expect(server.commands).not.toContain('STAT')
  await client.close()
})

function aborting(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort(reason) }
}

test('nothing goes out behind a body that is streamed, before it has been read', async () => {
  const { server, client } = await quietServer()
  const before = client.retr(1)
  const loop = client.retrStream(2)[Symbol.asyncIterator]()
  const chunk = loop.next()
  const behind = client.retr(3)
  await turnOfTheLoop()
  expect(server.commands.slice(1)).toEqual(['RETR 1', 'RETR 2'])
  server.send('+OK\r\none\r\n.\r\n+OK\r\ntwo\r\n.\r\n')
  expect(text(await before)).toBe('one\r\n')
  expect(text((await chunk).value ?? new Uint8Array())).toBe('two\r\n')
  await turnOfTheLoop()
  expect(server.commands.slice(1)).toEqual(['RETR 1', 'RETR 2'])
  expect((await loop.next()).done).toBe(true)
  await turnOfTheLoop()
  expect(server.commands.slice(1)).toEqual(['RETR 1', 'RETR 2', 'RETR 3'])
  server.send('+OK\r\n.\r\n')
  await behind
  await client.close()
})

test('leaving the loop over a body does not send what waited behind it', async () => {
  const { server, client } = await quietServer({ RETR: '+OK\r\none\r\n.\r\n' })
  const loop = client.retrStream(1)[Symbol.asyncIterator]()
  const chunk = loop.next()
  const behind = outcome(client.dele(1))
  await chunk
  await loop.return?.()
  expect(await behind).toMatchObject({ code: 'POP3_CLOSED', phase: 'DELE' })
  expect(server.commands.slice(1)).toEqual(['RETR 1'])
})

test('QUIT waits until all is answered, and so does what comes behind it', async () => {
  const { server, client } = await quietServer()
  const calls = Promise.all([client.dele(1), client.quit(), client.noop()].map(outcome))
  await turnOfTheLoop()
  expect(server.commands.slice(1)).toEqual(['DELE 1'])
  server.send('+OK\r\n')
  await turnOfTheLoop()
  expect(server.commands.slice(1)).toEqual(['DELE 1', 'QUIT'])
  server.send('+OK\r\n')
  expect(await calls).toMatchObject([
    { value: undefined },
    { value: undefined },
    { code: 'POP3_CLOSED', phase: 'NOOP' },
  ])
})

test.each(['FIN', 'RST', 'close()'])('%s in mid-reply settles everything that was sent', async (end) => {
  const { server, client } = await quietServer()
  const calls = Promise.all([client.noop(), client.retr(1), client.stat(), client.noop()].map(outcome))
  await turnOfTheLoop()
  server.send('+OK\r\n+OK\r\nSubj')
  await turnOfTheLoop()
  if (end === 'FIN') server.close()
  else if (end === 'RST') server.reset()
  else await client.close()
  const cut = { code: 'POP3_CLOSED', phase: 'RETR', received: 4 }
  expect(await calls).toMatchObject([
    { value: undefined },
    cut,
    { code: 'POP3_CLOSED', phase: 'STAT', received: 0, cause: cut },
    { code: 'POP3_CLOSED', phase: 'NOOP', received: 0, cause: cut },
  ])
  expect(vi.getTimerCount()).toBe(0)
})

test('replies that came before the end are taken, though the end has come with them', async () => {
  const { server, client } = await quietServer()
  const calls = Promise.all([client.noop(), client.retr(1), client.stat()].map(outcome))
  await turnOfTheLoop()
  server.send('+OK\r\n+OK\r\nab\r\n.\r\n+OK 1 4\r\n')
  server.close()
  expect(await calls).toMatchObject([{ value: undefined }, { value: { length: 4 } }, { value: { octets: 4 } }])
})

test('octets behind the last reply that is due end the connection', async () => {
  const { server, client } = await quietServer()
  const calls = Promise.all([client.noop(), client.retr(1)].map(outcome))
  await turnOfTheLoop()
  server.send('+OK\r\n+OK\r\nab\r\n.\r\ncd\r\n.\r\n')
  expect(await calls).toMatchObject([{ value: undefined }, { code: 'POP3_PROTOCOL', excerpt: 'cd\\r\\n.\\r\\n' }])
})

test('M13: a reply in the middle of another is found where it stands in the place of a status', async () => {
  const { server, client } = await quietServer()
  const calls = Promise.all([client.retr(1), client.retr(2), client.noop()].map(outcome))
  await turnOfTheLoop()
  server.send('+OK\r\none\r\n+OK\r\n.\r\ntwo\r\n.\r\n+OK\r\n')
  expect(await calls).toMatchObject([
    { value: { length: 10 } },
    { code: 'POP3_PROTOCOL', excerpt: 'two' },
    { code: 'POP3_CLOSED' },
  ])
})

const login: Script = { USER: '+OK\r\n', PASS: '+OK\r\n', NOOP: '+OK\r\n', RSET: '+OK\r\n' }
const auth = { user: 'alice', pass: 'wonderland' }

/** A server that announces this before login and that behind it. */
function announcing(before: string | undefined, behind: string | undefined): Script {
  const answers = [before, behind].map((line) => (line === undefined ? '-ERR what?\r\n' : `+OK\r\n${line}\r\n.\r\n`))
  return { ...login, CAPA: (end) => end.send(answers.shift() ?? '-ERR asked too often\r\n') }
}

test.each<[what: string, script: Script, commands: readonly string[]]>([
  ['R44: what is announced before login holds behind it', announcing('PIPELINING', 'UIDL'), ['NOOP', 'RSET', 'NOOP']],
  ['as Gmail does it', announcing('TOP', 'PIPELINING'), ['CAPA', 'NOOP', 'RSET', 'NOOP']],
  ['never', announcing('TOP', 'TOP'), ['CAPA', 'NOOP']],
  ['M49: CAPA is refused behind the login', announcing('TOP', undefined), ['CAPA', 'NOOP']],
  ['R46: CAPA is not known', announcing(undefined, undefined), ['NOOP']],
])('PIPELINING is announced: %s', async (_, script, expected) => {
  const server = scriptedServer({ ...script, NOOP: silence })
  const client = await Pop3Client.connect({ transport: server.transport, auth })
  expect(server.commands).toEqual(['CAPA', 'USER alice', 'PASS wonderland'])
  const calls = Promise.allSettled([client.noop(), client.rset(), client.noop()])
  await turnOfTheLoop()
  await turnOfTheLoop()
  expect(server.commands.slice(3)).toEqual(expected)
  await client.close()
  await calls
})

test('it is not asked for one call, nor of a server that was not asked before', async () => {
  const single = scriptedServer(announcing('TOP', 'PIPELINING'))
  const client = await Pop3Client.connect({ transport: single.transport, auth })
  await client.noop()
  await client.rset()
  expect(single.commands).toEqual(['CAPA', 'USER alice', 'PASS wonderland', 'NOOP', 'RSET'])
  await client.close()

  const unasked = scriptedServer(login)
  await using other = await Pop3Client.connect({ transport: unasked.transport, auth: { ...auth, mechanism: 'USER' } })
  await Promise.all([other.noop(), other.rset()])
  expect(unasked.commands).toEqual(['USER alice', 'PASS wonderland', 'NOOP', 'RSET'])
})

test('the deletions of messages() go together with what the loop has asked for', async () => {
  const { server, client } = await quietServer({ UIDL: '+OK\r\n1 a\r\n2 b\r\n.\r\n' })
  const loop = client.messages()[Symbol.asyncIterator]()
  const { value: message } = await loop.next()
  const octets = message?.bytes()
  message?.markDeleted()
  const next = loop.next()
  await turnOfTheLoop()
  expect(server.commands.slice(1)).toEqual(['UIDL', 'RETR 1', 'DELE 1'])
  server.send('+OK\r\none\r\n.\r\n+OK\r\n')
  expect(text((await octets) ?? new Uint8Array())).toBe('one\r\n')
  expect((await next).value?.uidl).toBe('b')
  await client.close()
})

/** Calls with what a server answers, and what comes of it. */
const exchanges = {
  stat: ['+OK 1 5\r\n', (client: Pop3Client) => client.stat(), { value: { messages: 1, octets: 5 } }],
  list: ['+OK\r\n1 5\r\n.\r\n', (client: Pop3Client) => client.list(), { value: [{ number: 1, octets: 5 }] }],
  none: ['+OK\r\n.\r\n', (client: Pop3Client) => client.uidl(), { value: [] }],
  dots: ['+OK\r\n..\r\n...\r\n.\r\n', (client: Pop3Client) => client.retr(1).then(text), { value: '.\r\n..\r\n' }],
  refused: ['-ERR no\r\n', (client: Pop3Client) => client.dele(1), { code: 'POP3_REPLY' }],
  wrong: ['+OK x y\r\n', (client: Pop3Client) => client.list(1), { code: 'POP3_PROTOCOL' }],
  streamed: ['+OK\r\nabc\r\n.\r\n', (client: Pop3Client) => collect(client.retrStream(2)), { value: 'abc\r\n' }],
} as const satisfies Record<string, readonly [string, (client: Pop3Client) => Promise<unknown>, object]>

async function collect(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let collected = ''
  for await (const chunk of stream) {
    collected += text(chunk)
    await turnOfTheLoop()
  }
  return collected
}

test('any calls at once come out as they would one after another, in any chunks', async () => {
  const names = Object.keys(exchanges) as (keyof typeof exchanges)[]
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...names), { maxLength: 100 }), sizes, async (plan, sizes) => {
      const replies = plan.map((name) => exchanges[name][0])
      const cut: Cut = (octets) => {
        const chunks: Uint8Array[] = []
        for (let from = 0, turn = 0; from < octets.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1
          chunks.push(octets.subarray(from, from + size))
          from += size
        }
        return chunks
      }
      const script = {
        ...announced,
        otherwise: (end: { send: (octets: string) => void }) => end.send(replies.shift() ?? ''),
      }
      const server = scriptedServer(script, cut)
      const client = new Pop3Client({ transport: server.transport })
      await client.capa()
      const outcomes = await Promise.all(plan.map((name) => outcome(exchanges[name][1](client))))
      expect(outcomes).toMatchObject(plan.map((name) => exchanges[name][2]))
      await client.close()
    }),
    { numRuns: 200, seed: 1 },
  )
})
