import { expect, test } from 'vitest'
import { type Fault, fault, pop3 } from '../index.ts'
import { play } from '../testing/play.ts'
import { aliceServer, talk } from '../testing/talk.ts'

const whole = '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n'

test.each<[Fault, string, readonly string[], readonly number[]]>([
  [fault.slow('2s'), 'STAT', ['+OK 2 58\r\n'], [2000]],
  [fault.slow(0), 'STAT', ['+OK 2 58\r\n'], [0]],
  [fault.slow('1m', { octet: 5 }), 'RETR 1', [whole.slice(0, 5), whole.slice(5)], [0, 60_000]],
  [fault.slow('1m', 'terminator'), 'RETR 1', [whole.slice(0, -3), '.\r\n'], [0, 60_000]],
  [fault.slow('1m', 'status'), 'RETR 1', ['+OK 31 octets\r\n', whole.slice(15)], [0, 60_000]],
  [fault.drip({ octets: 4, every: '1s' }), 'STAT', ['+OK ', '2 58', '\r\n'], [0, 1000, 2000]],
  [fault.bandwidth(1), 'NOOP', ['+', 'O', 'K', '\r', '\n'], [0, 1000, 2000, 3000, 4000]],
  [fault.bandwidth(3), 'NOOP', ['+', 'O', 'K', '\r', '\n'], [0, 333, 667, 1000, 1333]],
  [fault.bandwidth(40), 'STAT', ['+OK ', '2 58', '\r\n'], [0, 100, 200]],
  [fault.bandwidth(0.5), 'NOOP', ['+', 'O', 'K', '\r', '\n'], [0, 2000, 4000, 6000, 8000]],
  [fault.stall(), 'STAT', [], []],
  [fault.stall({ octet: 3 }), 'STAT', ['+OK'], [0]],
  [fault.stall('terminator'), 'RETR 1', [whole.slice(0, -3)], [0]],
])('$0.fault at $1: exactly these pieces at these times', async (played, command, pieces, due) => {
  const { chunks, times, fired, transcript } = await play(played, command, { during: '2m' })
  expect(chunks).toEqual(pieces)
  expect(times).toEqual(due)
  expect(fired).toBe(1)
  expect(transcript).toContain(`# fault: ${played.fault}\n`)
})

test('slow: the transcript says what was waited for', async () => {
  const { transcript } = await play(fault.slow('2s'), 'STAT', { during: '2s' })
  expect(transcript).toBe("C: STAT\n# handler: *\n# fault: slow('2s')\n# wait: 2000 ms\nS: +OK 2 58\n")
})

test('slow: nothing a millisecond before the time', async () => {
  expect((await play(fault.slow('2s'), 'STAT', { during: 1999 })).chunks).toEqual([])
})

const delays = async (played: Fault, seed = 1): Promise<readonly number[]> => {
  const server = aliceServer({ clock: 'virtual', seed })
  const client = await talk(server).login()
  server.use(pop3.noop(played))
  const times: number[] = []
  for (let count = 0; count < 200; count += 1) {
    const before = server.clock.now()
    client.stream.once('data', () => times.push(server.clock.now() - before))
    client.send('NOOP\r\n')
    await server.clock.advance('10s')
  }
  return times
}

test('slowBetween: any time between the limits, by the seed', async () => {
  const times = await delays(fault.slowBetween(100, '1s'))
  expect(times).toHaveLength(200)
  expect(Math.min(...times)).toBeGreaterThanOrEqual(100)
  expect(Math.max(...times)).toBeLessThanOrEqual(1000)
  const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length
  expect(Math.abs(mean - 550)).toBeLessThan(75)
  expect(await delays(fault.slowBetween(100, '1s'))).toEqual(times)
  expect(await delays(fault.slowBetween(100, '1s'), 2)).not.toEqual(times)
})

test('slowLognormal: half are shorter than the median, and none is longer than the maximum', async () => {
  const delay = { median: 200, sigma: 1, max: '1s' } as const
  const times = await delays(fault.slowLognormal(delay))
  const shorter = times.filter((ms) => ms < 200).length
  expect(shorter).toBeGreaterThan(75)
  expect(shorter).toBeLessThan(125)
  expect(times.filter((ms) => ms === 1000).length).toBeGreaterThan(2)
  expect(Math.max(...times)).toBe(1000)
  expect(await delays(fault.slowLognormal(delay))).toEqual(times)
  expect(new Set(await delays(fault.slowLognormal({ ...delay, sigma: 0 })))).toEqual(new Set([200]))
})

test('slowBetween and slowLognormal take a position', async () => {
  const between = await play(fault.slowBetween(500, 500, 'terminator'), 'LIST', { during: '1s' })
  expect(between.times).toEqual([0, 500])
  const lognormal = await play(fault.slowLognormal({ median: 500, sigma: 0, max: '1s' }, { octet: 1 }), 'STAT', {
    during: '1s',
  })
  expect(lognormal.times).toEqual([0, 500])
})

test('a drip of an octet a second over 10 kB takes hours of virtual time', async () => {
  const message = `${'x'.repeat(70)}\r\n`.repeat(140)
  const { octets, times } = await play(fault.drip({ octets: 1, every: '1s' }), 'RETR 1', {
    during: '3h',
    messages: [message],
  })
  expect(octets).toBe(`+OK 10080 octets\r\n${message}.\r\n`)
  expect(times.at(-1)).toBe((octets.length - 1) * 1000)
})

test('bandwidth: a message of 1 MB at 56 kbit/s takes as long as it should', async () => {
  const message = `${'x'.repeat(998)}\r\n`.repeat(1000)
  const { octets, times } = await play(fault.bandwidth(7000), 'RETR 1', { during: '5m', messages: [message] })
  expect(octets).toHaveLength(message.length + '+OK 1000000 octets\r\n.\r\n'.length)
  expect(times.at(-1)).toBe(Math.round((Math.floor(octets.length / 700) * 700) / 7))
})

test('a client that goes away ends the wait and the session', async () => {
  const { client, server } = await play(fault.slow('1h'), 'STAT')
  client.stream.destroy()
  await server.clock.advance(1)
  expect(server.sessions[0]?.open).toBe(false)
  expect(server.maildrop('alice').locked).toBe(false)
})

test.each(['-1s', 'soon', '5', -1, Number.NaN, null])('the duration %j is refused when the fault is made', (given) => {
  const duration = given as never
  for (const make of [
    () => fault.slow(duration),
    () => fault.slowBetween(duration, 1),
    () => fault.slowBetween(1, duration),
    () => fault.slowLognormal({ median: duration, sigma: 1, max: 1 }),
    () => fault.slowLognormal({ median: 1, sigma: 1, max: duration }),
    () => fault.drip({ octets: 1, every: duration }),
  ]) {
    expect(make).toThrow(/^Cannot use .* as a duration: expected milliseconds, or text/)
  }
})

test.each([
  [() => fault.slow(1, 'soon' as never), "Cannot use 'soon' as a place of a reply: expected 'start'"],
  [() => fault.stall({ octet: -3 }), 'Cannot use -3 as the octets before a place: expected a whole number, 0 or more'],
  [
    () => fault.slowBetween('2s', '1s'),
    "Cannot use '1s' as the longest delay: expected no less than the shortest, 2000 ms",
  ],
  [
    () => fault.slowLognormal({ median: 1, sigma: -1, max: 2 }),
    'Cannot use -1 as the sigma of a lognormal delay: expected a number, 0 or more',
  ],
  [
    () => fault.slowLognormal(5 as never),
    'Cannot use 5 as a lognormal delay: expected an object with median, sigma, max',
  ],
  [
    () => fault.drip({ octets: 0, every: 1 }),
    'Cannot use 0 as the octets of a drip: expected a whole number, 1 or more',
  ],
  [
    () => fault.drip({ octets: 1, each: 1 } as never),
    'Cannot use { octets: 1, each: 1 } as a drip: expected an object with octets, every',
  ],
  [() => fault.bandwidth(0), 'Cannot use 0 as octets a second: expected a number above 0'],
  [() => fault.bandwidth(Number.POSITIVE_INFINITY), 'Cannot use Infinity as octets a second'],
])('refused when the fault is made: $1', (make, message) => {
  expect(make).toThrow(message)
})
