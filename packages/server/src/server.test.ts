import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { pop3, setupPop3Server } from './index.ts'
import { Talk, aliceServer, talk } from './testing/talk.ts'

test('it listens on loopback and a free port, and tells its address', async () => {
  await using server = aliceServer()
  await server.listen()
  expect(server.host).toBe('127.0.0.1')
  expect(server.port).toBeGreaterThan(0)
  expect(server.url).toBe(`pop://127.0.0.1:${server.port}`)
})

test('before listen() it has no address', () => {
  expect(() => aliceServer().port).toThrow('Cannot tell the address of a server that does not listen')
})

test('it listens in clear and with implicit TLS at the same time, and tells both addresses', async () => {
  await using server = aliceServer()
  await server.listen()
  await server.listen({ tls: 'implicit' })
  expect(server.addresses.map(({ host, tls }) => ({ host, tls }))).toEqual([
    { host: '127.0.0.1', tls: 'none' },
    { host: '127.0.0.1', tls: 'implicit' },
  ])
  expect(server.port).toBe(server.addresses[0]?.port)
  expect(new Set(server.addresses.map(({ url }) => url)).size).toBe(2)
})

test('a port that is in use is a clear error with the cause in it', async () => {
  await using first = aliceServer()
  await first.listen()
  await using second = aliceServer()
  await expect(second.listen({ port: first.port })).rejects.toMatchObject({
    code: 'POP3_LISTEN',
    message: `Cannot listen on 127.0.0.1:${first.port}: the port is in use`,
    cause: { code: 'EADDRINUSE' },
  })
})

test('a session over TCP is a session over memory', async () => {
  await using server = aliceServer()
  await server.listen()
  const client = await new Talk(connect(server.port, server.host)).login()
  expect(await client.ask('LIST')).toEqual(['+OK 2 messages (58 octets)', '1 31', '2 27'])
  expect(await client.say('QUIT')).toMatch(/^\+OK/)
  expect(await client.rest()).toBe('')
})

test('R51: commands sent in one packet are answered in turn, QUIT last', async () => {
  const client = await talk(aliceServer()).login()
  client.send('STAT\r\nLIST 1\r\nNOOP\r\nRETR 1\r\nQUIT\r\n')
  expect(await client.rest()).toBe(
    '+OK 2 58\r\n+OK 1 31\r\n+OK\r\n+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n+OK bye, 2 messages left\r\n',
  )
})

test('R3: commands that come octet by octet are commands', async () => {
  const client = await talk(aliceServer()).login()
  for (const octet of 'LIST 1\r\n') client.send(octet)
  expect(await client.say()).toBe('+OK 1 31')
})

test('a client that closed its half still gets every reply', async () => {
  await using server = aliceServer()
  await server.listen()
  const client = await new Talk(connect({ port: server.port, host: server.host, allowHalfOpen: true })).login()
  client.send('RETR 1\r\nSTAT\r\n')
  client.stream.end()
  expect(await client.rest()).toMatch(/\+OK 2 58\r\n$/)
})

test('R2: keywords are taken in any case', async () => {
  const client = talk(aliceServer())
  await client.say()
  await client.say('user alice')
  await client.say('pAsS wonderland')
  expect(await client.say('sTaT')).toBe('+OK 2 58')
})

test.each(['XXXX', 'XXXX with arguments', '', ' ', ' STAT', 'STAT\tx'])(
  'R11: %j is refused and the session goes on',
  async (line) => {
    const client = await talk(aliceServer()).login()
    expect(await client.say(line)).toMatch(/^-ERR /)
    expect(await client.say('NOOP')).toBe('+OK')
  },
)

test.each(['STAT', 'LIST', 'UIDL', 'RETR 1', 'TOP 1 0', 'DELE 1', 'NOOP', 'RSET'])(
  'R12: %s before the login is refused',
  async (line) => {
    const client = talk(aliceServer())
    await client.say()
    expect(await client.say(line)).toMatch(/^-ERR .* is not valid in this state$/)
  },
)

test.each(['USER alice', 'PASS wonderland'])('R12: %s after the login is refused', async (line) => {
  const client = await talk(aliceServer()).login()
  expect(await client.say(line)).toMatch(/^-ERR .* is not valid in this state$/)
})

test('M71: a bare LF does not end a command of the strict persona, and the transcript shows what never ended', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  client.send('NOOP\n')
  await client.leave()
  expect(server.sessions[0]?.commands.at(-1)).toBe('PASS ***')
  expect(server.sessions[0]?.transcript()).toContain('# never ended by the client: NOOP')
})

test('R13: the idle timer is ten minutes, and every command starts it again', async () => {
  const server = aliceServer({ clock: 'virtual' })
  const client = await talk(server).login()
  await server.clock.advance(599_999)
  expect(await client.say('NOOP')).toBe('+OK')
  await server.clock.advance(599_999)
  expect(server.sessions[0]?.open).toBe(true)
  await server.clock.advance(1)
  expect(server.sessions[0]?.open).toBe(false)
})

test('R14: when it expires the server closes without a word and removes nothing', async () => {
  const server = aliceServer({ clock: 'virtual' })
  const client = await talk(server).login()
  await client.say('DELE 1')
  await server.clock.advance('10m')
  expect(await client.rest()).toBe('')
  expect(server.maildrop('alice').messages).toHaveLength(2)
  expect(server.maildrop('alice').locked).toBe(false)
})

test('R6: no status line is longer than 512 octets', async () => {
  const client = await talk(aliceServer()).login()
  for (const command of ['CAPA', 'LIST', 'UIDL', 'RETR 1', 'TOP 1 0']) {
    const [status = ''] = await client.ask(command)
    expect(status.length + 2).toBeLessThanOrEqual(512)
  }
})

test('passwords and digests are in no record, event, error or transcript', async () => {
  const server = aliceServer()
  const told: unknown[] = []
  server.on('*', (entry) => told.push(entry))
  const client = talk(server)
  await client.say()
  await client.say('USER alice')
  await client.say('pass wonderland')
  await client.say('PASS wonderland')
  await client.say('APOP alice wonderland')
  client.send('PASS wonder')
  await client.leave()
  const everything =
    JSON.stringify([told, server.sessions[0]?.entries, server.sessions[0]?.commands]) + server.transcript()
  expect(everything).not.toContain('wonder')
  expect(server.sessions[0]?.commands).toContain('pass ***')
})

test('the transcript has what was said, in order', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  await client.ask('RETR 2')
  await client.say('DELE 2')
  await client.say('QUIT')
  await client.rest()
  await server.close()
  expect(server.transcript()).toBe(`# seed 1
# session 1
S: +OK POP3 server ready
C: USER alice
S: +OK send PASS
C: PASS ***
S: +OK maildrop has 2 messages (58 octets)
C: RETR 2
S: +OK 27 octets
S: Subject: two
S: 
S: ..dot
S: end
S: .
C: DELE 2
S: +OK message 2 deleted
C: QUIT
# removed from the maildrop of alice: uid-2
S: +OK bye, 1 messages left
# closed by the server (quit)
`)
})

test('of a long reply the first 16 KiB are kept, and the rest is counted', async () => {
  const server = aliceServer({}, ['x'.repeat(100_000)])
  const client = await talk(server).login()
  await client.ask('RETR 1')
  await client.leave()
  const transcript = server.sessions[0]?.transcript() ?? ''
  expect(transcript.length).toBeLessThan(17_000)
  expect(transcript).toContain(`# ${100_000 + '+OK 100002 octets\r\n\r\n.\r\n'.length - 16_384} octets more`)
})

test('listeners are told entries as they happen, until they are taken away', async () => {
  const server = aliceServer()
  const lines: string[] = []
  const stop = server.on('command', ({ line, session }) => lines.push(`${session}: ${line}`))
  const client = await talk(server).login()
  stop()
  await client.say('NOOP')
  expect(lines).toEqual(['1: USER alice', '1: PASS ***'])
})

test('maildrop() of nobody says whose maildrops there are', () => {
  expect(() => aliceServer().maildrop('bob')).toThrow('Cannot find the maildrop of "bob": expected one of "alice"')
})

test('reset() brings back maildrops, handlers, history and clock, and drops open sessions', async () => {
  const server = aliceServer({ clock: 'virtual' })
  const beginning = server.clock.now()
  const client = await talk(server).login()
  await client.say('DELE 1')
  await client.say('QUIT')
  server.maildrop('alice').deliver('more')
  await server.clock.advance('1h')
  const open = await talk(server).login()
  await server.reset()
  expect(await open.rest()).toBe('')
  expect(server.maildrop('alice').messages.map(({ uid }) => uid)).toEqual(['uid-1', 'uid-2'])
  expect(server.maildrop('alice').locked).toBe(false)
  expect(server.sessions).toEqual([])
  expect(server.listHandlers()).toEqual([])
  expect(server.clock.now()).toBe(beginning)
})

test('close() ends open sessions without removing anything', async () => {
  const server = aliceServer()
  await server.listen()
  const client = await new Talk(connect(server.port, server.host)).login()
  await client.say('DELE 1')
  await server.close()
  expect(await client.rest()).toBe('')
  expect(server.maildrop('alice').messages).toHaveLength(2)
  expect(server.sessions[0]?.transcript()).toContain('# closed by the server (shutdown)')
})

test('the same seed gives the same unique-ids, another seed others', () => {
  const uid = (seed: number): string | undefined =>
    aliceServer({ persona: 'courier', seed }).maildrop('alice').messages[0]?.uid
  expect(uid(7)).toBe(uid(7))
  expect(uid(7)).not.toBe(uid(8))
})

test.each([
  [{ persona: 'postfix' }, 'Cannot find the persona "postfix": expected one of strict, courier'],
  [{ seed: 1.5 }, 'Cannot use "1.5" as a seed: expected a whole number'],
  [{ clock: 'sun' }, `Cannot use "sun" as a clock: expected 'real', 'virtual' or 'timers'`],
  [{ socketTimeouts: 'sun' }, `Cannot use "sun" as socketTimeouts: expected 'real' or 'clock'`],
  [
    { socketTimeouts: 'clock' },
    `Cannot simulate the timeouts of sockets: expected clock: 'virtual' or clock: 'timers'`,
  ],
  [{ maildrops: { alice: { messages: [{ content: 'x', uid: 'a b' }] } } }, 'Cannot use "a b" as a unique-id'],
  [{ maildrops: { alice: { messages: [{ content: 'x', octets: -1 }] } } }, 'Cannot use "-1" as the size of message'],
])('the options %j are refused', (options, message) => {
  expect(() => setupPop3Server(options as never)).toThrow(message)
})

test('the real clock cannot be advanced', async () => {
  await expect(aliceServer().clock.advance(1)).rejects.toThrow('Cannot advance the real clock')
})

test('R4: keywords have three or four characters, and an argument of 40 is taken', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect(await client.say(`USER ${'a'.repeat(40)}`)).toMatch(/^\+OK/)
  expect(await client.say('QUITE')).toBe('-ERR unknown command')
  expect(await client.say('TO 1 0')).toBe('-ERR unknown command')
})

test('R5: every status indicator is +OK or -ERR in upper case', async () => {
  const client = talk(aliceServer())
  const statuses = [await client.say()]
  for (const command of [
    'user alice',
    'pass wrong',
    'user alice',
    'pass wonderland',
    'stat',
    'list 9',
    'what',
    'dele 1',
    'quit',
  ]) {
    statuses.push(await client.say(command))
  }
  expect(new Set(statuses.map((line) => line.split(' ')[0]))).toEqual(new Set(['+OK', '-ERR']))
})

test('R42, R49: a text that begins with a bracket begins with a response code, and RESP-CODES is announced', async () => {
  const server = aliceServer()
  await talk(server).login()
  const client = talk(server)
  const lines = [await client.say()]
  for (const command of ['USER alice', 'PASS wrong', 'USER alice', 'PASS wonderland', 'STAT', 'NOOP x']) {
    lines.push(await client.say(command))
  }
  const bracketed = lines.filter((line) => /^\S+ \[/.test(line))
  expect(bracketed.map((line) => /^-ERR \[([A-Z-]+)\] /.exec(line)?.[1])).toEqual(['AUTH', 'IN-USE'])
  expect(await client.ask('CAPA')).toContain('RESP-CODES')
})

test('a listener that throws does not end the session, and close() rejects with what it threw', async () => {
  const server = aliceServer()
  const broken = new Error('expected 1 to be 2')
  server.on('command', () => {
    throw broken
  })
  const client = await talk(server).login()
  expect(await client.say('STAT')).toBe('+OK 2 58')
  await expect(server.close()).rejects.toMatchObject({ code: 'POP3_HANDLER', cause: broken })
})

test('reset() rejects with what a handler threw, when everything is reset', async () => {
  const server = aliceServer()
  server.use(
    pop3.noop(() => {
      throw new Error('expected 1 to be 2')
    }),
  )
  const client = await talk(server).login()
  await client.say('NOOP')
  await expect(server.reset()).rejects.toThrow(
    'Cannot pass over what a handler, a listener or a lazy message threw (seed 1): Error: expected 1 to be 2',
  )
  expect(server.sessions).toEqual([])
  await server.reset()
})

test('a lazy message that fails in the middle ends the connection instead of looking whole', async () => {
  const server = aliceServer({}, [])
  server.maildrop('alice').deliver({
    octets: 100,
    content: function* () {
      yield 'Subject: half\r\n'
      throw new Error('disk on fire')
    },
  })
  const client = await talk(server).login()
  client.send('RETR 1\r\n')
  expect(await client.rest()).not.toContain('\r\n.\r\n')
  await expect(server.close()).rejects.toThrow('disk on fire')
})

test.each(['memory', 'TCP'])('a client over %s that goes away without QUIT has closed', async (transport) => {
  await using server = aliceServer()
  await server.listen()
  const client = await new Talk(transport === 'TCP' ? connect(server.port, server.host) : server.connect()).login()
  const closed = new Promise((resolve) => void server.on('close', resolve))
  client.stream.destroy()
  expect(await closed).toMatchObject({ by: 'client', how: 'end' })
})

test('a client that resets has reset', async () => {
  await using server = aliceServer()
  await server.listen()
  const socket = connect(server.port, server.host)
  await new Talk(socket).login()
  const closed = new Promise((resolve) => void server.on('close', resolve))
  socket.resetAndDestroy()
  expect(await closed).toMatchObject({ by: 'client', how: 'reset' })
})

test('a session is over even if a listener throws at its close', async () => {
  const server = aliceServer()
  server.on('close', () => {
    throw new Error('listener')
  })
  const client = await talk(server).login()
  await client.leave()
  expect(server.sessions[0]?.open).toBe(false)
  await expect(server.close()).rejects.toThrow('listener')
})

test('close() and reset() do not wait for a handler that never answers', async () => {
  const server = aliceServer()
  for (const end of [() => server.reset(), () => server.close()]) {
    server.use(pop3.stat(() => new Promise(() => {})))
    const client = await talk(server).login()
    client.send('STAT\r\n')
    await end()
    expect(await client.rest()).toBe('')
  }
})

test('close() and reset() do not wait for a message that never comes', async () => {
  const server = aliceServer({ clock: 'virtual' })
  for (const end of [() => server.reset(), () => server.close()]) {
    server.maildrop('alice').deliver({ octets: 1, content: () => new Promise<string>(() => {}) })
    const client = await talk(server).login()
    client.send('RETR 3\r\n')
    await server.clock.advance(0)
    await end()
    expect(await client.rest()).not.toContain('.')
  }
})

test('R39: a client that does not wait for a message that never comes gives the maildrop back', async () => {
  await using server = aliceServer({ clock: 'virtual' })
  server.maildrop('alice').deliver({ octets: 1, content: () => new Promise<string>(() => {}) })
  const client = await talk(server).login()
  client.send('RETR 3\r\n')
  await server.clock.advance(0)
  client.stream.destroy()
  await server.clock.advance(0)
  expect(server.maildrop('alice').locked).toBe(false)
  expect(server.sessions[0]?.open).toBe(false)
})

test('a login that close() comes upon while messages are counted gives the maildrop back', async () => {
  let count: (message: string) => void = () => {}
  const server = aliceServer({ clock: 'virtual' }, [() => new Promise<string>((resolve) => (count = resolve))])
  talk(server).send('USER alice\r\nPASS wonderland\r\n')
  await server.clock.advance(0)
  expect(server.maildrop('alice').locked).toBe(true)
  await server.close()
  count('Subject: late\r\n')
  expect(server.maildrop('alice').locked).toBe(false)
})
