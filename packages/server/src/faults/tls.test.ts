import { once } from 'node:events'
import { connect as connectSecurely } from 'node:tls'
import { expect, test } from 'vitest'
import { fault, pop3 } from '../index.ts'
import { play } from '../testing/play.ts'
import { aliceServer, talk } from '../testing/talk.ts'

test.each([
  ['abort', '', true],
  ['plain', '+OK POP3 server ready\r\n', false],
  ['alert', '\x15\x03\x03\0\x02\x02\x28', true],
  ['stall', '', false],
] as const)('M73: %s in place of the handshake, where TLS comes first', async (manner, octets, closes) => {
  await using server = aliceServer({ clock: 'virtual' })
  server.use(pop3.tls(fault.tls(manner)))
  const client = talk(server, { tls: 'implicit' })
  let isClosed = false
  client.stream.on('end', () => (isClosed = true))
  await server.clock.advance('1m')
  expect(client.chunks.join('')).toBe(octets)
  expect(isClosed).toBe(closes)
  server.assertNoPendingFaults()
})

test.each([
  ['abort', ''],
  ['alert', '\x15\x03\x03\0\x02\x02\x28'],
] as const)('%s in place of the handshake, behind STLS', async (manner, octets) => {
  await using server = aliceServer()
  server.use(pop3.tls(fault.tls(manner)))
  const client = talk(server)
  await client.say()
  expect(await client.say('STLS')).toBe('+OK begin TLS')
  expect(await client.rest()).toBe(octets)
})

test('plain behind STLS: the session goes on in clear', async () => {
  await using server = aliceServer()
  server.use(pop3.tls(fault.tls('plain')))
  const client = talk(server)
  await client.say()
  await client.say('STLS')
  expect(await client.say('USER alice')).toBe('+OK send PASS')
})

test.each([
  ['abort', /ECONNRESET|disconnected|hang up/],
  ['alert', /handshake failure/],
  ['plain', /wrong version number|packet length too long/],
] as const)('a client of Node over TCP fails at %s', async (manner, message) => {
  await using server = aliceServer()
  server.use(pop3.tls(fault.tls(manner)))
  await server.listen({ tls: 'implicit' })
  const socket = connectSecurely({ host: 'localhost', port: server.port, ca: await server.certificateAuthority() })
  const [error] = await once(socket, 'error')
  expect(String(error)).toMatch(message)
  socket.destroy()
})

test('M72: octets behind the reply to STLS come in clear, in the same piece', async () => {
  await using server = aliceServer()
  server.use(pop3.stls(fault.insert('end', '+OK injected\r\n')))
  const client = talk(server)
  await client.say()
  await client.say('STLS')
  expect(client.chunks.at(-1)).toBe('+OK begin TLS\r\n+OK injected\r\n')
  server.assertNoPendingFaults()
  await client.leave()
})

test('elsewhere than at pop3.tls it has no effect', async () => {
  const { octets, fired } = await play(fault.tls('abort'), 'STAT')
  expect(octets).toBe('+OK 2 58\r\n')
  expect(fired).toBe(0)
})

test('another manner is refused when the fault is made', () => {
  expect(() => fault.tls('slow' as never)).toThrow(
    "Cannot use 'slow' as the manner of a handshake: expected 'stall', 'abort', 'plain' or 'alert'",
  )
})
