import { expect, test } from 'vitest'
import { fault, pop3 } from '../index.ts'
import { aliceServer, talk } from '../testing/talk.ts'

const whole = '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n'

test('err: -ERR with code and text, and the command is not carried out', async () => {
  const server = aliceServer()
  server.use(pop3.dele(fault.err('quota exceeded', { code: 'SYS/PERM' })))
  const client = await talk(server).login()
  expect(await client.say('DELE 1')).toBe('-ERR [SYS/PERM] quota exceeded')
  expect(await client.say('STAT')).toBe('+OK 2 58')
})

test('err: a text of two lines is refused when the fault is made', () => {
  expect(() => fault.err('one\r\ntwo')).toThrow(
    "Cannot use 'one\\r\\ntwo' as the text of a refusal: expected one line without its end",
  )
})

test('terminator missing: everything but the terminator, and the connection stays open', async () => {
  const server = aliceServer()
  server.use(pop3.retr(1, fault.terminator('missing'), { once: true }))
  const client = await talk(server).login()
  client.send('RETR 1\r\n')
  client.send('NOOP\r\n')
  expect(await client.say()).toBe('+OK 31 octets')
  expect([await client.say(), await client.say(), await client.say(), await client.say()]).toEqual([
    'Subject: one',
    '',
    'first message',
    '+OK',
  ])
  expect(server.sessions[0]?.transcript()).toContain(`# fault: terminator('missing')\n`)
})

test.each(Array.from({ length: whole.length + 1 }, (_, octet) => octet))(
  'cut at octet %i: exactly so many octets arrive',
  async (octet) => {
    const server = aliceServer()
    server.use(pop3.retr(1, fault.cut({ octet })))
    const client = await talk(server).login()
    client.send('RETR 1\r\n')
    expect(await client.rest()).toBe(whole.slice(0, octet))
  },
)

test('cut: a reply that ends before the place is whole, and no fault is told', async () => {
  const server = aliceServer()
  server.use(pop3.retr(1, fault.cut({ octet: whole.length + 1 })))
  const client = await talk(server).login()
  await client.ask('RETR 1')
  expect(await client.say('NOOP')).toBe('+OK')
  expect(server.sessions[0]?.transcript()).not.toContain('fault')
})

test.each([
  ['start', ''],
  ['status', '+OK 31 octets\r\n'],
  ['terminator', whole.slice(0, -3)],
  [{ line: 0 }, ''],
  [{ line: 1 }, '+OK 31 octets\r\n'],
  [{ line: 3 }, '+OK 31 octets\r\nSubject: one\r\n\r\n'],
  [{ line: 5 }, whole],
] as const)('cut at %j', async (position, expected) => {
  const server = aliceServer()
  server.use(pop3.retr(1, fault.cut(position)))
  const client = await talk(server).login()
  client.send('RETR 1\r\n')
  expect(await client.rest()).toBe(expected)
})

test.each([{ octet: -1 }, { octet: 1.5 }, { line: -1 }, 'middle'])(
  'cut: the place %j is refused when the fault is made',
  (position) => {
    expect(() => fault.cut(position as never)).toThrow(/^Cannot place a fault at .*: expected/)
  },
)

test('M65, R39: a session that was cut releases the maildrop and deletes nothing', async () => {
  const server = aliceServer()
  server.use(pop3.retr(1, fault.cut({ octet: 20 }), { once: true }))
  const client = await talk(server).login()
  await client.say('DELE 2')
  client.send('RETR 1\r\n')
  await client.rest()
  const again = await talk(server).login()
  expect(await again.say('STAT')).toBe('+OK 2 58')
})

test('slow: nothing before the time, the reply at it, on the virtual clock', async () => {
  const server = aliceServer({ clock: 'virtual' })
  server.use(pop3.stat(fault.slow('2s')))
  const client = await talk(server).login()
  client.send('STAT\r\n')
  const before = client.chunks.length
  await server.clock.advance(1999)
  expect(client.chunks).toHaveLength(before)
  await server.clock.advance(1)
  expect(await client.say()).toBe('+OK 2 58')
  expect(server.sessions[0]?.transcript()).toContain(`C: STAT\n# fault: slow('2s')\n# wait: 2000 ms\nS: +OK 2 58\n`)
})

test('slow inside a reply: what lies before the place is there at once', async () => {
  const server = aliceServer({ clock: 'virtual' })
  server.use(pop3.retr(fault.slow('1m', { octet: 5 })))
  const client = await talk(server).login()
  client.send('RETR 1\r\n')
  await server.clock.advance(0)
  expect(client.chunks.at(-1)).toBe(whole.slice(0, 5))
  await server.clock.advance('1m')
  expect(client.chunks.at(-1)).toBe(whole.slice(5))
})

test('slow: a client that goes away ends the wait and the session', async () => {
  const server = aliceServer({ clock: 'virtual' })
  server.use(pop3.stat(fault.slow('1h')))
  const client = await talk(server).login()
  client.send('STAT\r\n')
  await server.clock.advance(1)
  client.stream.destroy()
  await server.clock.advance(1)
  const again = await talk(server).login()
  expect(server.sessions[0]?.open).toBe(false)
  expect(await again.say('NOOP')).toBe('+OK')
})

test.each(['-1s', 'soon', '5', -1, Number.NaN])(
  'slow: the duration %j is refused when the fault is made',
  (duration) => {
    expect(() => fault.slow(duration)).toThrow(`Cannot use "${duration}" as a duration: expected milliseconds, or text`)
  },
)

test('faults in a list all take effect: a slow reply that is cut', async () => {
  const server = aliceServer({ clock: 'virtual' })
  server.use(pop3.retr([fault.slow('5s'), fault.cut({ octet: 3 })]))
  const client = await talk(server).login()
  client.send('RETR 1\r\n')
  await server.clock.advance('5s')
  expect(await client.rest()).toBe('+OK')
})
