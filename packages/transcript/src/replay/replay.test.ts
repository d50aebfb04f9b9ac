import { type Duplex, finished } from 'node:stream'
import { type Pop3Server, type Pop3ServerOptions, fault, pop3, setupPop3Server } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { formatTranscript, parseTranscript, replayTranscript, type ReplayOptions } from '../index.ts'

function serve(text: string, options: ReplayOptions & Pop3ServerOptions = {}): Pop3Server {
  return setupPop3Server({ ...replayTranscript(parseTranscript(text), options), clock: 'virtual', ...options })
}

/** A client that notes the pieces in which it hears. */
class Listener {
  readonly pieces: string[] = []
  readonly stream: Duplex
  readonly ended: Promise<string>
  readonly #server: Pop3Server

  constructor(server: Pop3Server) {
    this.#server = server
    this.stream = server.connect()
    this.stream.on('data', (octets: Buffer) => this.pieces.push(octets.toString('latin1')))
    this.ended = new Promise((resolve) => {
      finished(this.stream, { writable: false }, (error) => resolve(error?.message === undefined ? 'closed' : 'reset'))
    })
  }

  /** Says something, and gives the pieces that come within so much time. */
  async say(text: string, time: string | number = 0): Promise<string[]> {
    await this.#server.clock.advance(0)
    this.pieces.length = 0
    this.stream.write(text)
    await this.#server.clock.advance(time)
    return [...this.pieces]
  }
}

const session = `
S: +OK ready
C: USER alice
S: +OK
C: PASS ***
S: +OK
C: LIST
-- 500 ms
S: +OK\\x20
--
S: 1 120
-- 1500 ms
S: .\\
--
S:
-- 3000 ms
C: QUIT
S: +OK
-- S closes
`

test('pieces and pauses of the server are kept, and the time that the client took is not', async () => {
  const server = serve(session)
  const client = new Listener(server)
  expect(await client.say('USER alice\r\n')).toEqual(['+OK\r\n'])
  expect(await client.say('PASS wonderland\r\n')).toEqual(['+OK\r\n'])
  expect(await client.say('LIST\r\n', 499)).toEqual([])
  expect(await client.say('', 1)).toEqual(['+OK \r\n', '1 120\r\n'])
  expect(await client.say('', 1500)).toEqual(['.', '\r\n'])
  expect(await client.say('QUIT\r\n')).toEqual(['+OK\r\n'])
  expect(await client.ended).toBe('closed')
  expect(server.sessions[0]?.commands).toEqual(['USER alice', 'PASS ***', 'LIST', 'QUIT'])
  await server.close()
})

test('strict: another command is -ERR, the next ones too, and close() rejects with the difference', async () => {
  const server = serve(session)
  const client = new Listener(server)
  await client.say('USER alice\r\n')
  await client.say('PASS wonderland\r\n')
  expect(await client.say('STAT\r\n')).toEqual([expect.stringMatching(/^-ERR /)])
  expect(await client.say('LIST\r\n')).toEqual([expect.stringMatching(/^-ERR /)])
  await expect(server.close()).rejects.toMatchObject({
    code: 'POP3_HANDLER',
    message: expect.stringContaining(`
  C: USER alice
  C: PASS ***
- C: LIST
+ C: STAT`),
    cause: expect.objectContaining({ code: 'POP3_REPLAY', session: 1, expected: 'LIST', actual: 'STAT' }),
  })
})

test('strict: a command behind the end, and a connection too many, are differences', async () => {
  const server = serve('S: +OK\nC: NOOP\nS: +OK\n')
  const client = new Listener(server)
  await client.say('NOOP\r\n')
  await client.say('NOOP\r\n')
  await expect(server.reset()).rejects.toThrow('  C: NOOP\n- (the transcript ends)\n+ C: NOOP')
  await new Listener(server).say('')
  expect(await new Listener(server).say('')).toEqual([])
  await expect(server.close()).rejects.toThrow(
    'session 2: the client does something else\n- (the transcript ends)\n+ (a connection)',
  )
})

test('strict: each connection has a session of its own, and reset() begins anew', async () => {
  const server = serve('== session 1\nS: +OK one\n== session 2\nS: +OK two\n')
  const greetings = async (): Promise<string[]> => {
    const [one, two] = [new Listener(server), new Listener(server)]
    await server.clock.advance(0)
    return [...one.pieces, ...two.pieces]
  }
  expect(await greetings()).toEqual(['+OK one\r\n', '+OK two\r\n'])
  await server.reset()
  expect(await greetings()).toEqual(['+OK one\r\n', '+OK two\r\n'])
  await server.close()
})

test('strict: commands that were sent ahead have their answers where they came', async () => {
  const server = serve('S: +OK\nC: DELE 1\nC: DELE 2\nS: +OK\nS: +OK\n')
  expect(await new Listener(server).say('DELE 1\r\nDELE 2\r\n')).toEqual(['+OK\r\n+OK\r\n'])
  await server.close()
})

test('a client that goes early is no difference', async () => {
  const server = serve(session)
  const client = new Listener(server)
  await client.say('USER alice\r\n')
  client.stream.destroy()
  await server.close()
})

const twice = `
S: +OK
C: STAT
S: +OK 1 10
C: DELE 1
C: LIST
S: +OK
S: +OK
S: .
C: STAT
S: +OK 0 0
`

test('lenient: answers are found by command, in any order, the last one again and again', async () => {
  const server = serve(twice, { mode: 'lenient' })
  const client = new Listener(server)
  const answers: string[] = []
  for (const line of ['list', 'STAT', 'STAT', 'STAT', 'DELE 1']) answers.push(...(await client.say(`${line}\r\n`)))
  expect(answers).toEqual(['+OK\r\n.\r\n', '+OK 1 10\r\n', '+OK 0 0\r\n', '+OK 0 0\r\n', '+OK\r\n'])
  expect(await client.say('DELE 2\r\n')).toEqual(['-ERR the transcript has no answer to this\r\n'])
  await server.close()
})

test('lenient: a connection too many has the last session', async () => {
  const server = serve('S: +OK one\n== session 2\nS: +OK two\n', { mode: 'lenient' })
  await new Listener(server).say('')
  await new Listener(server).say('')
  const third = new Listener(server)
  await server.clock.advance(0)
  expect(third.pieces).toEqual(['+OK two\r\n'])
  await server.close()
})

test('lines of a SASL exchange are not compared and in no record', async () => {
  const server = serve('S: +OK\nC: AUTH LOGIN\nS: + VXNlcm5hbWU6\nC: ***\nS: + UGFzc3dvcmQ6\nC: ***\nS: +OK\n')
  const client = new Listener(server)
  expect(await client.say('AUTH LOGIN\r\n')).toEqual(['+ VXNlcm5hbWU6\r\n'])
  expect(await client.say('YWxpY2U=\r\n')).toEqual(['+ UGFzc3dvcmQ6\r\n'])
  expect(await client.say('d29uZGVybGFuZA\r\n')).toEqual(['+OK\r\n'])
  expect(server.transcript()).not.toMatch(/YWxpY2U|d29uZGVybGFuZA/)
  expect(formatTranscript(server.sessions)).not.toMatch(/YWxpY2U|d29uZGVybGFuZA/)
  await server.close()
})

test('M66: a reset is a reset again', async () => {
  const server = serve('S: +OK\nC: UIDL\nS: +OK\nS: 1 uid\\\n-- S resets\n')
  const client = new Listener(server)
  expect(await client.say('UIDL\r\n')).toEqual(['+OK\r\n1 uid'])
  expect(await client.ended).toBe('reset')
  await server.close()
})

test('a server that closes when nobody speaks does so again', async () => {
  const server = serve('S: +OK\n-- 30000 ms\nS: -ERR idle\n-- S closes\n-- C closes\n')
  const client = new Listener(server)
  expect(await client.say('', '29s')).toEqual([])
  expect(await client.say('', '1s')).toEqual(['-ERR idle\r\n'])
  expect(await client.ended).toBe('closed')
  await server.close()
})

test('a client that closed first closes first again', async () => {
  const server = serve('S: +OK\nC: QUIT\nS: +OK bye\n-- 500 ms\n-- C closes\n-- S closes\n')
  const client = new Listener(server)
  expect(await client.say('QUIT\r\n', '1h')).toEqual(['+OK bye\r\n'])
  expect(server.sessions[0]?.open).toBe(true)
  client.stream.end()
  await client.ended
  await server.close()
})

test('faults stand before a replay and find their places in it', async () => {
  const server = serve('S: +OK\nC: RETR 1\nS: +OK\nS: body\nS: .\n')
  server.use(pop3.retr(1, fault.cut('terminator')))
  const client = new Listener(server)
  expect((await client.say('RETR 1\r\n')).join('')).toBe('+OK\r\nbody\r\n')
  expect(await client.ended).toBe('closed')
  server.assertNoPendingFaults()
  await server.close()
})

test('strict: of a login that cannot be replayed the difference says so', async () => {
  const text = 'S: +OK\nC: AUTH SCRAM-SHA-256 ***\nS: + cj0x\nC: ***\nS: + dj0x\nC: ***\nS: +OK\n'
  const server = serve(text)
  const client = new Listener(server)
  await client.say('AUTH SCRAM-SHA-256 biws\r\n')
  await client.say('*\r\n')
  await expect(server.close()).rejects.toThrow(
    '- C: ***\n+ C: *\nA login with SCRAM-SHA-256 cannot be replayed: have the client log in otherwise when you record',
  )
})

test('strict: several differences stand below each other', async () => {
  const server = serve('S: +OK\nC: NOOP\nS: +OK\n')
  await new Listener(server).say('STAT\r\n')
  await new Listener(server).say('')
  await expect(server.close()).rejects.toThrow('+ C: STAT\nReplayError: Cannot go on with session 2')
})

test('octets that were not kept, and modes that are none, are refused', () => {
  expect(() => serve('C: RETR 1\nS: +OK\n-- 100 octets omitted\n')).toThrow(
    'Cannot replay session 1: 100 octets of the answer to "RETR 1" were not kept',
  )
  expect(() => serve('-- 9 octets omitted\n')).toThrow('9 octets of the greeting were not kept')
  expect(() => serve('S: +OK', { mode: 'loose' as 'lenient' })).toThrow('in the mode "loose"')
})

test('a transcript in which nothing is said is refused', () => {
  const message = 'Cannot replay a transcript in which nothing is said: expected lines that begin with "S:" and "C:"'
  for (const text of ['', '# nothing\n']) expect(() => serve(text)).toThrow(message)
})

test('what a mock server recorded is a transcript that it serves again', async () => {
  const mock = setupPop3Server({
    clock: 'virtual',
    maildrops: { alice: { password: 'wonderland', messages: ['hello\r\n'] } },
  })
  const original = mock.connect()
  original.end('USER alice\r\nPASS wonderland\r\nRETR 1\r\nQUIT\r\n')
  const heard = (await original.toArray()).join('')
  await mock.close()

  const text = formatTranscript(mock.sessions)
  expect(text).toContain('C: USER alice\nS: +OK send PASS\nC: PASS ***\n')
  const server = serve(text)
  const again = server.connect()
  again.end('USER alice\r\nPASS wonderland\r\nRETR 1\r\nQUIT\r\n')
  expect((await again.toArray()).join('')).toBe(heard)
  await server.close()
})
