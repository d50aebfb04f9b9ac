import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { type ConnectionOptions, connect } from 'node:tls'
import { connect as connectInClear } from 'node:net'
import { expect, test } from 'vitest'
import { type Fault, type Pop3Server, fault, pop3, reply, setupPop3Server } from '../index.ts'
import { Talk, aliceServer, talk } from '../testing/talk.ts'

/** A client's TLS on a stream; it trusts what the server's authority signs. */
async function secure(server: Pop3Server, socket: Duplex, options: ConnectionOptions = {}): Promise<Talk> {
  const secured = connect({ socket, host: 'localhost', ca: await server.certificateAuthority(), ...options })
  await once(secured, 'secureConnect')
  return new Talk(secured)
}

/** The error of a handshake that fails. */
async function handshakeError(server: Pop3Server, options: ConnectionOptions = {}): Promise<string | undefined> {
  const socket = server.connect({ tls: 'implicit' })
  const secured = connect({ socket, host: 'localhost', ca: await server.certificateAuthority(), ...options })
  const [error] = (await once(secured, 'error')) as [NodeJS.ErrnoException]
  secured.destroy()
  return error.code
}

test('R66: with implicit TLS the handshake comes first and then the greeting', async () => {
  await using server = aliceServer()
  await server.listen({ tls: 'implicit' })
  const client = await secure(server, connectInClear({ host: server.host, port: server.port }))
  expect(await client.say()).toMatch(/^\+OK/)
  expect(await client.say('USER alice')).toMatch(/^\+OK/)
  expect(await client.say('PASS wonderland')).toMatch(/^\+OK/)
  expect(await client.ask('RETR 1')).toEqual(['+OK 31 octets', 'Subject: one', '', 'first message'])
  expect(await client.say('QUIT')).toMatch(/^\+OK/)
  expect(await client.rest()).toBe('')
  expect(server.sessions[0]?.open).toBe(false)
})

test('a handshake over memory is not over before anybody could listen for its end', async () => {
  await using server = aliceServer({ clock: 'virtual' })
  const inClear = talk(server)
  inClear.send('STLS\r\n')
  // The certificate is there: the server can answer at once.
  await server.clock.advance(0)
  inClear.stream.removeAllListeners('data')
  const client = await secure(server, inClear.stream)
  expect((await client.ask('CAPA'))[0]).toMatch(/^\+OK/)
})

test.each(['tcp', 'memory'] as const)(
  'R60, R61: STLS over %s, and a session goes on in AUTHORIZATION',
  async (transport) => {
    await using server = aliceServer()
    await server.listen()
    const stream = transport === 'tcp' ? connectInClear({ host: server.host, port: server.port }) : server.connect()
    const inClear = new Talk(stream)
    await inClear.say()
    expect(await inClear.ask('CAPA')).toContain('STLS')
    expect(await inClear.say('STLS')).toBe('+OK begin TLS')
    inClear.stream.removeAllListeners('data')
    const client = await secure(server, stream)
    expect(await client.ask('CAPA')).not.toContain('STLS')
    expect(await client.say('STLS')).toBe('-ERR TLS is active')
    expect(await client.say('STAT')).toBe('-ERR STAT is not valid in this state')
    await client.say('USER alice')
    expect(await client.say('PASS wonderland')).toMatch(/^\+OK/)
    expect(await client.say('STLS')).toBe('-ERR STLS is not valid in this state')
    expect(await client.say('QUIT')).toMatch(/^\+OK/)
    await client.rest()
    expect(server.sessions[0]?.transcript()).toContain('C: STLS\nS: +OK begin TLS\n# TLS\nC: CAPA')
  },
)

test('R65: what comes in clear behind STLS is thrown away, and the transcript says so', async () => {
  await using server = aliceServer()
  const stream = server.connect()
  const inClear = new Talk(stream)
  await inClear.say()
  inClear.send('STLS\r\nCAPA\r\n')
  expect(await inClear.say()).toBe('+OK begin TLS')
  inClear.stream.removeAllListeners('data')
  const client = await secure(server, stream)
  expect(await client.say('NOOP')).toBe('-ERR NOOP is not valid in this state')
  expect(server.sessions[0]?.commands).toEqual(['STLS', 'NOOP'])
  expect(server.sessions[0]?.transcript()).toContain('# 6 octets thrown away that had come in clear')
  await client.leave()
})

test('R65: courier answers inside TLS what came in clear behind STLS (CVE-2011-0411)', async () => {
  await using server = aliceServer({ persona: 'courier' })
  const stream = server.connect()
  const inClear = new Talk(stream)
  await inClear.say()
  inClear.send('STLS\r\nCAPA\r\n')
  await inClear.say()
  inClear.stream.removeAllListeners('data')
  const client = await secure(server, stream)
  expect(await client.say()).toBe("+OK Here's what I can do:")
  await client.leave()
})

test.each([
  ['expired', 'CERT_HAS_EXPIRED'],
  ['not-yet-valid', 'CERT_NOT_YET_VALID'],
  ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
] as const)('M73: a certificate that is %s makes the client fail with %s', async (certificate, code) => {
  await using server = setupPop3Server({ tls: { certificate } })
  expect(await handshakeError(server)).toBe(code)
})

test('R68: the oldest version is TLS 1.2', async () => {
  await using server = setupPop3Server()
  expect(
    await handshakeError(server, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
  ).toMatch(/PROTOCOL_VERSION/)
  const client = await secure(server, server.connect({ tls: 'implicit' }), { maxVersion: 'TLSv1.2' })
  expect(await client.say()).toMatch(/^\+OK/)
  await client.leave()
})

test('a certificate of your own is used', async () => {
  const pair = await setupPop3Server().clientCertificate('somebody')
  await using server = setupPop3Server({ tls: { certificate: pair } })
  const client = await secure(server, server.connect({ tls: 'implicit' }), { rejectUnauthorized: false })
  expect(await client.say()).toMatch(/^\+OK/)
  await client.leave()
})

test('octets that are no handshake end the session, and the transcript says why', async () => {
  await using server = aliceServer()
  const client = talk(server, { tls: 'implicit' })
  client.send('CAPA\r\nCAPA\r\n')
  await client.rest()
  expect(server.sessions[0]?.transcript()).toMatch(
    /^# TLS handshake failed: .+\n# closed by the server \(handshake\)\n$/,
  )
})

test('a client that goes in the handshake ends the session', async () => {
  await using server = aliceServer()
  await server.listen({ tls: 'implicit' })
  const socket = connectInClear({ host: server.host, port: server.port })
  socket.end()
  await once(socket.resume(), 'close')
  expect(server.sessions[0]?.open).toBe(false)
})

test('a client that goes while the certificate is made ends the session', async () => {
  await using server = aliceServer({ clock: 'virtual', tls: { hosts: ['nobody-waits.test'] } })
  const client = talk(server, { tls: 'implicit' })
  client.stream.end()
  await server.clock.advance(0)
  expect(server.sessions[0]?.open).toBe(false)
})

test('a client that asks for TLS and goes ends the session', async () => {
  await using server = aliceServer({ clock: 'virtual' })
  const client = talk(server)
  client.send('STLS\r\n')
  client.stream.end()
  await server.clock.advance(0)
  expect(server.sessions[0]?.open).toBe(false)
})

test.each(['tcp', 'memory'] as const)('octets beside TLS over %s end the session', async (transport) => {
  await using server = aliceServer()
  await server.listen({ tls: 'implicit' })
  const socket = transport === 'tcp' ? connectInClear(server.port, server.host) : server.connect({ tls: 'implicit' })
  const client = await (await secure(server, socket)).login()
  socket.write('STAT\r\n')
  await client.rest()
  await expect.poll(() => server.sessions[0]?.open).toBe(false)
  expect(server.maildrop('alice').locked).toBe(false)
})

test('a delay over TLS has begun when the clock is advanced', async () => {
  await using server = aliceServer({ clock: 'virtual', handlers: [pop3.stat(fault.slow('2s'))] })
  await server.listen({ tls: 'implicit' })
  const client = await (await secure(server, connectInClear(server.port, server.host))).login()
  client.send('STAT\r\n')
  await server.clock.advance('2s')
  expect(client.chunks.at(-1)).toBe('+OK 2 58\r\n')
})

test('R13: a client that is silent in the handshake is let go when the idle limit is over', async () => {
  await using server = aliceServer({ clock: 'virtual' })
  const client = talk(server, { tls: 'implicit' })
  await server.clock.advance('10m')
  await client.rest()
  expect(server.sessions[0]?.open).toBe(false)
})

test('a server with tls: false knows no STLS and no implicit TLS', async () => {
  await using server = aliceServer({ tls: false })
  const client = talk(server)
  await client.say()
  expect(await client.ask('CAPA')).not.toContain('STLS')
  expect(await client.say('STLS')).toBe('-ERR no TLS here')
  expect(() => server.connect({ tls: 'implicit' })).toThrow('the server was set up with tls: false')
  await expect(server.listen({ tls: 'implicit' })).rejects.toThrow('tls: false')
})

test('R67: the server says goodbye with a close_notify alert before it closes TCP', async () => {
  await using server = aliceServer()
  await server.listen({ tls: 'implicit' })
  const socket = connectInClear({ host: server.host, port: server.port })
  const client = await secure(server, socket)
  await client.say()
  const before = socket.bytesRead
  await client.say('QUIT')
  const ended = once(client.stream, 'end')
  await ended
  expect(socket.bytesRead).toBeGreaterThan(before)
})

test.each(['tcp', 'memory'] as const)(
  'cutSilently over %s: what lies before the place arrives, and no close_notify',
  async (transport) => {
    await using server = aliceServer()
    await server.listen({ tls: 'implicit' })
    const heard = async (cut: Fault): Promise<{ octets: string; encrypted: number }> => {
      const memory = transport === 'memory' ? server.connect({ tls: 'implicit' }) : undefined
      const socket = memory ?? connectInClear({ host: server.host, port: server.port })
      let read = 0
      memory?.on('data', (octets: Buffer) => (read += octets.length))
      const encrypted = (): number => ('bytesRead' in socket ? socket.bytesRead : read)
      const client = await (await secure(server, socket, { maxVersion: 'TLSv1.2' })).login()
      server.resetHandlers(pop3.retr(1, cut))
      const before = encrypted()
      client.send('RETR 1\r\n')
      const octets = await client.rest()
      server.assertNoPendingFaults()
      return { octets, encrypted: encrypted() - before }
    }
    const announced = await heard(fault.cut({ octet: 20 }))
    const silent = await heard(fault.cutSilently({ octet: 20 }))
    expect(announced.octets).toBe('+OK 31 octets\r\nSubje')
    expect(silent).toEqual({
      octets: announced.octets,
      // A record of TLS 1.2: its head, a nonce, the two octets of an alert, a tag.
      encrypted: announced.encrypted - (5 + 8 + 2 + 16),
    })
  },
)

test('cutSilently in clear is cut', async () => {
  const server = aliceServer({ handlers: [pop3.stat(fault.cutSilently({ octet: 3 }))] })
  const client = await talk(server).login()
  client.send('STAT\r\n')
  expect(await client.rest()).toBe('+OK')
})

test('who reads late under TLS over memory hears what came before the end, as over TCP', async () => {
  const server = aliceServer({ clock: 'virtual', handlers: [pop3.stat(fault.hangUp())] })
  const socket = server.connect({ tls: 'implicit' })
  const client = await (await secure(server, socket)).login()
  client.stream.pause()
  client.send('STAT\r\n')
  await once(socket, 'end')
  await server.clock.advance(0)
  client.stream.resume()
  expect(await client.rest()).toBe('+OK 2 58\r\n')
  await once(client.stream, 'close')
  expect(socket.destroyed).toBe(true)
  await server.close()
})

test('closing the server with TLS sessions open leaves none behind', async () => {
  const server = aliceServer()
  await server.listen({ tls: 'implicit' })
  const client = await secure(server, connectInClear({ host: server.host, port: server.port }))
  await client.say()
  await server.close()
  await client.rest()
  expect(server.sessions[0]?.open).toBe(false)
})

test('there is no such certificate', () => {
  expect(() => setupPop3Server({ tls: { certificate: 'rotten' as 'valid' } })).toThrow(
    'Cannot use the certificate "rotten": expected one of valid, expired, not-yet-valid, self-signed, wrong-host',
  )
})

test('a handler that answers STLS with -ERR instead has no handshake behind it', async () => {
  await using server = aliceServer({
    handlers: [pop3.stls(async (_context, next) => ((await next()).ok ? reply.err('not now') : undefined))],
  })
  const client = talk(server)
  await client.say()
  expect(await client.say('STLS')).toBe('-ERR not now')
  expect(await client.say('USER alice')).toMatch(/^\+OK/)
})

test('M73: what stands in place of the handshake goes out in clear; a close there ends the session', async () => {
  await using server = aliceServer()
  server.use(
    pop3.tls(() => reply.of('220', 'ESMTP'), { session: 1 }),
    pop3.tls(() => reply.close(), { session: 2 }),
  )
  expect(await talk(server, { tls: 'implicit' }).say()).toBe('220 ESMTP')
  const second = talk(server)
  await second.say()
  expect(await second.say('STLS')).toMatch(/^\+OK/)
  expect(await second.rest()).toBe('')
  expect(server.sessions[1]?.transcript()).toContain('# closed by the server (handler)')
})

test('R65: octets that arrive before the slow answer to STLS is out are thrown away; the handshake works all the same', async () => {
  await using server = aliceServer({ clock: 'virtual', handlers: [pop3.stls(fault.slow('2s', { octet: 5 }))] })
  const stream = server.connect()
  const inClear = new Talk(stream)
  await inClear.say()
  inClear.send('STLS\r\n')
  await server.clock.advance('1s')
  inClear.send('CAPA\r\n')
  await server.clock.advance('1s')
  expect(await inClear.say()).toBe('+OK begin TLS')
  inClear.stream.removeAllListeners('data')
  const client = await secure(server, stream)
  expect(await client.say('NOOP')).toMatch(/^-ERR/)
  expect(server.sessions[0]?.commands).toEqual(['STLS', 'NOOP'])
})
