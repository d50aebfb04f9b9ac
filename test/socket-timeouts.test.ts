import { type Pop3Server, type Pop3ServerOptions, fault, pop3, setupPop3Server } from '@pop3kit/server'
import { type Socket, connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import Pop3Command from 'node-pop3'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.useRealTimers()
})

const maildrops = { alice: { password: 'wonderland', messages: ['Subject: one\r\n\r\nHello\r\n'] } }

/** Node tells of `tls.connect()` and of `new Socket()` since version 24. */
const tellsOfAll = Number(process.versions.node.split('.')[0]) >= 24

/** A client that goes away when its socket tells that it was silent for 30 s. */
async function impatient(socket: Socket, server: Pop3Server): Promise<{ gaveUp: number }> {
  const client = { gaveUp: 0 }
  socket.resume()
  socket.setTimeout(30_000, () => {
    client.gaveUp += 1
    socket.destroy()
  })
  for (const command of ['USER alice', 'PASS wonderland']) {
    await server.settled()
    socket.write(`${command}\r\n`)
  }
  await server.settled()
  return client
}

async function listening(options: Pop3ServerOptions): Promise<Pop3Server> {
  return setupPop3Server({ maildrops, socketTimeouts: 'clock', ...options }).listen()
}

describe.each(['virtual', 'timers'] as const)('clock: %s', (clock) => {
  beforeEach(() => {
    if (clock === 'timers') vi.useFakeTimers()
  })

  test('M64: a socket with a timeout of 30 s gives up after 30 s of silence, and not a millisecond before', async () => {
    await using server = await listening({ clock })
    const socket = connect(server.port, server.host)
    const client = await impatient(socket, server)
    await server.clock.advance('29s')
    server.use(pop3.stat(fault.stall()))
    socket.write('STAT\r\n')
    await server.clock.advance(29_999)
    expect(client.gaveUp).toBe(0)
    expect(server.sessions[0]?.open).toBe(true)
    await server.clock.advance(1)
    expect(client.gaveUp).toBe(1)
    expect(server.sessions[0]?.open).toBe(false)
  })

  test('octets that come little by little begin the time anew', async () => {
    await using server = await listening({ clock })
    const socket = connect(server.port, server.host)
    const client = await impatient(socket, server)
    server.use(pop3.stat(fault.drip({ octets: 1, every: '29s' })))
    socket.write('STAT\r\n')
    await server.clock.advance(9 * 29_000 + 29_999)
    expect(client.gaveUp).toBe(0)
    await server.clock.advance(1)
    expect(client.gaveUp).toBe(1)
  })

  test('it goes off once, and again only when octets have moved', async () => {
    await using server = await listening({ clock })
    const socket = connect(server.port, server.host)
    let timeouts = 0
    socket.resume()
    socket.setTimeout(1000)
    socket.on('timeout', () => (timeouts += 1))
    await server.clock.advance('9m')
    expect(timeouts).toBe(1)
    socket.write('CAPA\r\n')
    await server.clock.advance('9m')
    expect(timeouts).toBe(2)
    socket.setTimeout(0)
    socket.write('CAPA\r\n')
    await server.clock.advance('9m')
    expect(timeouts).toBe(2)
  })

  test.runIf(tellsOfAll)('a TLS socket gives up, too', async () => {
    await using server = setupPop3Server({ clock, maildrops, socketTimeouts: 'clock' })
    await server.listen({ tls: 'implicit' })
    const socket = connectTls({ host: 'localhost', port: server.port, ca: await server.certificateAuthority() })
    const client = await impatient(socket, server)
    await server.clock.advance(29_999)
    expect(client.gaveUp).toBe(0)
    await server.clock.advance(1)
    expect(client.gaveUp).toBe(1)
  })

  test.runIf(tellsOfAll)('node-pop3 gives up when nobody greets it', async () => {
    await using server = await listening({ clock })
    server.use(pop3.greeting(fault.stall()))
    const { host, port } = server
    const client = new Pop3Command({ user: 'alice', password: 'wonderland', host, port, timeout: 30_000 })
    let failure: unknown
    const failed = client.UIDL().catch((error: unknown) => (failure = error))
    await server.clock.advance(29_999)
    expect(failure).toBeUndefined()
    await server.clock.advance(1)
    expect(failure).toMatchObject({ message: 'timeout' })
    await failed
  })
})

test('unless it is asked for, time that is advanced does not reach the timeouts of sockets', async () => {
  await using server = await listening({ clock: 'virtual', socketTimeouts: 'real' })
  const socket = connect(server.port, server.host)
  const client = await impatient(socket, server)
  await server.clock.advance('9m')
  expect(client.gaveUp).toBe(0)
  socket.destroy()
})
