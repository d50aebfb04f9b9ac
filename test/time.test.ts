import { Pop3Client } from '@pop3kit/client'
import { type Pop3Server, type Pop3ServerOptions, fault, pop3, setupPop3Server } from '@pop3kit/server'
import { mkdtemp, open, rename, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.useRealTimers()
})

const auth = { user: 'alice', pass: 'wonderland' }

/** 10 080 octets. */
const message = `${'x'.repeat(70)}\r\n`.repeat(140)

function aliceServer(options: Pop3ServerOptions): Pop3Server {
  return setupPop3Server({ maildrops: { alice: { password: 'wonderland', messages: [message] } }, ...options })
}

/** What a client hears, and when by the clock of the server. */
class Ear {
  readonly pieces: string[] = []
  readonly times: number[] = []
  isClosed = false

  constructor(stream: Duplex, { clock }: Pop3Server) {
    const beginning = clock.now()
    const hear = (octets: Buffer): void => {
      this.pieces.push(octets.toString('latin1'))
      this.times.push(clock.now() - beginning)
    }
    stream.on('data', hear)
    stream.once('close', () => (this.isClosed = true))
  }
}

const ways: Record<string, (server: Pop3Server) => Promise<Duplex>> = {
  memory: (server) => Promise.resolve(server.connect()),
  async TCP(server) {
    await server.listen()
    return connect(server.port, server.host)
  },
}

async function login(server: Pop3Server, stream: Duplex): Promise<void> {
  stream.resume()
  for (const command of ['USER alice', 'PASS wonderland']) {
    await server.settled()
    stream.write(`${command}\r\n`)
  }
  await server.settled()
}

describe.each(['virtual', 'timers'] as const)('clock: %s', (clock) => {
  beforeEach(() => {
    if (clock === 'timers') vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
  })

  test.each(Object.entries(ways))('R13: an autologout of ten minutes, over %s', async (_way, enter) => {
    await using server = aliceServer({ clock })
    const stream = await enter(server)
    const heard = new Ear(stream, server)
    await login(server, stream)
    await server.clock.advance(599_999)
    expect(heard.isClosed).toBe(false)
    await server.clock.advance(1)
    expect(heard.isClosed).toBe(true)
    expect(server.transcript()).toContain('# closed by the server (idle)')
  })

  test.each(Object.entries(ways))('R50: a LOGIN-DELAY of fifteen minutes, over %s', async (way) => {
    const maildrops = { alice: { password: 'wonderland', policies: { loginDelay: 15 * 60_000 } } }
    await using server = aliceServer({ clock, maildrops })
    if (way === 'TCP') await server.listen()
    const visit = async (): Promise<void> => {
      const place = way === 'TCP' ? { host: server.host, port: server.port } : { transport: server.connect() }
      await (await Pop3Client.connect({ ...place, auth })).quit()
    }
    await visit()
    await server.clock.advance('14m')
    await expect(visit()).rejects.toMatchObject({ responseCode: 'LOGIN-DELAY' })
    await server.clock.advance('1m')
    await visit()
  })

  test.each(Object.entries(ways))('a drip of an octet a second over 10 kB, over %s', async (_way, enter) => {
    await using server = aliceServer({ clock })
    const stream = await enter(server)
    await login(server, stream)
    server.use(pop3.retr(fault.drip({ octets: 1, every: '1s' })))
    const heard = new Ear(stream, server)
    stream.write('RETR 1\r\n')
    await server.clock.advance('3h')
    const reply = `+OK 10080 octets\r\n${message}.\r\n`
    expect(heard.pieces).toEqual(reply.split(''))
    expect(heard.times).toEqual(Array.from({ length: reply.length }, (_, index) => index * 1000))
    expect(server.transcript()).not.toContain('unproved')
    stream.destroy()
  })

  test.each(Object.entries(ways))('a lognormal delay with a maximum, over %s', async (_way, enter) => {
    const delays = async (seed: number): Promise<readonly number[]> => {
      await using server = aliceServer({ clock, seed })
      const stream = await enter(server)
      await login(server, stream)
      server.use(pop3.noop(fault.slowLognormal({ median: 200, sigma: 1, max: '1s' })))
      const { times } = new Ear(stream, server)
      for (let count = 0; count < 100; count += 1) {
        stream.write('NOOP\r\n')
        await server.clock.advance('1s')
      }
      stream.destroy()
      return times.map((ms, count) => ms - count * 1000)
    }
    const times = await delays(1)
    expect(times).toHaveLength(100)
    expect(Math.max(...times)).toBe(1000)
    // As many below the median as above, and one in twenty at the maximum: that is 1.6 standard deviations away.
    expect(times.filter((ms) => ms < 200).length).toBeGreaterThan(35)
    expect(times.filter((ms) => ms < 200).length).toBeLessThan(65)
    expect(times.filter((ms) => ms === 1000).length).toBeLessThan(15)
    expect(await delays(1)).toEqual(times)
    expect(await delays(2)).not.toEqual(times)
  })

  test('a client that writes to files between its commands sees every delay at its time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pop3kit-time-'))
    await using server = aliceServer({ clock })
    await server.listen()
    server.use(pop3.retr(fault.slow('2s')))
    const client = await Pop3Client.connect({ host: 'localhost', port: server.port, auth })
    const beginning = server.clock.now()
    const times: number[] = []
    const ingest = async (): Promise<void> => {
      for (let count = 0; count < 5; count += 1) {
        const bytes = await client.retr(1)
        times.push(server.clock.now() - beginning)
        const file = await open(join(folder, 'new'), 'w')
        await file.write(bytes)
        await file.close()
        await rename(join(folder, 'new'), join(folder, `${count}`))
      }
      await client.quit()
    }
    const ingested = ingest()
    await server.clock.advance('1m')
    await ingested
    expect(times).toEqual([2000, 4000, 6000, 8000, 10_000])
    await rm(folder, { recursive: true })
  })
})

test('the fake timers of the runner alone make a delay of the server pass', async () => {
  vi.useFakeTimers()
  await using server = aliceServer({ clock: 'timers' })
  await server.listen()
  const stream = connect(server.port, server.host)
  await login(server, stream)
  server.use(pop3.stat(fault.slow('2s')))
  const heard = new Ear(stream, server)
  stream.write('STAT\r\n')
  await server.settled()
  await vi.advanceTimersByTimeAsync(1999)
  await server.settled()
  expect(heard.pieces).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  await server.settled()
  expect(heard.pieces).toEqual(['+OK 1 10080\r\n'])
})

test('M64: a client whose own timers are faked gives up in its turn', async () => {
  vi.useFakeTimers()
  await using server = aliceServer({ clock: 'timers' })
  await server.listen()
  const client = await Pop3Client.connect({ host: server.host, port: server.port, auth, timeout: '30s' })
  server.use(pop3.stat(fault.slow('29s')), pop3.list(fault.stall()))
  const stat = client.stat()
  await server.clock.advance('29s')
  expect(await stat).toEqual({ messages: 1, octets: 10_080 })
  const failed = expect(client.list()).rejects.toMatchObject({ code: 'POP3_TIMEOUT' })
  const begun = Date.now()
  let gaveUp = 0
  server.on('close', ({ at }) => (gaveUp = at - begun))
  await server.clock.advance('1m')
  await failed
  expect(gaveUp).toBe(30_000)
})

test('fake timers may be installed when the server listens already', async () => {
  await using server = aliceServer({ clock: 'timers' })
  await server.listen()
  const stream = connect(server.port, server.host)
  await login(server, stream)
  vi.useFakeTimers()
  server.use(pop3.stat(fault.slow('2s')))
  const heard = new Ear(stream, server)
  stream.write('STAT\r\n')
  await server.clock.advance('2s')
  expect(heard.times).toEqual([2000])
})

test('when fake timers are uninstalled, a delay that was put on them is never over, and the server closes all the same', async () => {
  vi.useFakeTimers()
  const server = aliceServer({ clock: 'timers' })
  const stream = server.connect()
  await login(server, stream)
  server.use(pop3.stat(fault.slow('2s')))
  const heard = new Ear(stream, server)
  stream.write('STAT\r\n')
  await server.settled()
  vi.useRealTimers()
  await server.settled()
  expect(heard.pieces).toEqual([])
  await server.close()
})

test('a client over TCP that does not read does not keep a server from settling', async () => {
  await using server = aliceServer({ clock: 'virtual' })
  await server.listen()
  const stream = connect(server.port, server.host)
  await login(server, stream)
  stream.pause()
  stream.write('RETR 1\r\n')
  await server.settled()
  await server.clock.advance('10m')
  expect(server.sessions[0]?.open).toBe(false)
})
