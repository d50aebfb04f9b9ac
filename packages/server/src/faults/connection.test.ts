import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { type Fault, fault, pop3 } from '../index.ts'
import { play } from '../testing/play.ts'
import { Talk, aliceServer, talk } from '../testing/talk.ts'

const whole = '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n'

test.each(Array.from({ length: whole.length + 1 }, (_, octet) => octet))(
  'cut at octet %i: exactly so many octets arrive',
  async (octet) => {
    const { octets, end, fired } = await play(fault.cut({ octet }), 'RETR 1')
    expect(octets).toBe(whole.slice(0, octet))
    expect(end).toBe('closed')
    expect(fired).toBe(1)
  },
)

test.each([
  ['start', ''],
  ['status', '+OK 31 octets\r\n'],
  ['terminator', whole.slice(0, -3)],
  ['end', whole],
  [{ line: 0 }, ''],
  [{ line: 1 }, '+OK 31 octets\r\n'],
  [{ line: 3 }, '+OK 31 octets\r\nSubject: one\r\n\r\n'],
  [{ line: 5 }, whole],
] as const)('cut, reset and halfClose at %j', async (position, expected) => {
  expect(await play(fault.cut(position), 'RETR 1')).toMatchObject({ octets: expected, end: 'closed', fired: 1 })
  expect(await play(fault.reset(position), 'RETR 1')).toMatchObject({ octets: expected, end: 'ECONNRESET', fired: 1 })
  expect(await play(fault.halfClose(position), 'RETR 1')).toMatchObject({ octets: expected, end: 'closed', fired: 1 })
})

test('cut: a reply that ends before the place is whole, and the fault is pending', async () => {
  const { octets, end, fired } = await play(fault.cut({ octet: whole.length + 1 }), 'RETR 1')
  expect(octets).toBe(whole)
  expect(end).toBeUndefined()
  expect(fired).toBe(0)
})

test('reset over TCP: the client reads what lies before the place, then ECONNRESET', async () => {
  await using server = aliceServer()
  await server.listen()
  server.use(pop3.retr(fault.reset({ octet: 20 })))
  const socket = connect(server.port, server.host)
  const client = await new Talk(socket).login()
  client.chunks.length = 0
  const failed = once(socket, 'error')
  client.send('RETR 1\r\n')
  expect(await failed).toMatchObject([{ code: 'ECONNRESET' }])
  expect(client.chunks.join('')).toBe(whole.slice(0, 20))
  server.assertNoPendingFaults()
})

test('halfClose over TCP: the client reads the end and can still write, and the session lasts until it closes', async () => {
  await using server = aliceServer()
  await server.listen()
  server.use(pop3.retr(fault.halfClose({ octet: 20 })))
  const socket = connect({ port: server.port, host: server.host, allowHalfOpen: true })
  const client = await new Talk(socket).login()
  client.send('RETR 1\r\n')
  expect(await client.rest()).toBe(whole.slice(0, 20))
  await new Promise<void>(
    (resolve, reject) => void socket.write('NOOP\r\n', (error) => (error ? reject(error) : resolve())),
  )
  expect(server.sessions[0]?.open).toBe(true)
  socket.end()
  await once(socket, 'close')
  await expect.poll(() => server.sessions[0]?.open).toBe(false)
})

test.each<[string, Fault, 'closed' | 'ECONNRESET' | undefined]>([
  ['accepted and reset', fault.refuse(), 'ECONNRESET'],
  ['accepted and closed', fault.cut('start'), 'closed'],
  ['accepted and silent', fault.stall(), undefined],
])('at pop3.connection: %s, without a word', async (_name, played, expected) => {
  await using server = aliceServer({ clock: 'virtual' })
  server.use(pop3.connection(played))
  const client = talk(server)
  let end: string | undefined
  client.stream.on('error', () => (end = 'ECONNRESET'))
  client.stream.on('end', () => (end = 'closed'))
  await server.clock.advance('9m')
  expect(client.chunks).toEqual([])
  expect(end).toBe(expected)
  server.assertNoPendingFaults()
})

test('refuse: the command is not carried out', async () => {
  const { server, end } = await play(fault.refuse(), 'QUIT')
  expect(end).toBe('ECONNRESET')
  expect(server.sessions[0]?.state).toBe('TRANSACTION')
})

test('M55: the server hangs up behind a login that failed', async () => {
  await using server = aliceServer()
  server.use(pop3.pass([fault.hangUp(), fault.err('wrong password', { code: 'AUTH' })]))
  const client = talk(server)
  await client.say()
  await client.say('USER alice')
  client.send('PASS wonderland\r\n')
  expect(await client.rest()).toBe('-ERR [AUTH] wrong password\r\n')
  expect(server.transcript()).toContain('# fault: hangUp()\n# closed by the server (handler)\n')
  server.assertNoPendingFaults()
})

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

test.each([{ octet: -1 }, { octet: 1.5 }, { line: -1 }, 'middle', null, 7, {}, { octet: '3' }])(
  'the place %j is refused when the fault is made',
  (position) => {
    for (const make of [fault.cut, fault.reset, fault.halfClose]) {
      expect(() => make(position as never)).toThrow(
        /^Cannot use .* as (a place of a reply|the (octets|lines) before a place): expected/,
      )
    }
  },
)
