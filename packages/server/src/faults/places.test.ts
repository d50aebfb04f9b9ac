import { expect, test } from 'vitest'
import { fault, pop3, positions, reply, splits } from '../index.ts'
import { play } from '../testing/play.ts'
import { aliceServer, talk } from '../testing/talk.ts'

const honest = reply.ok('31 octets', { lines: ['Subject: one', '', 'first message'] })
const whole = '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n'

test.each([...splits(honest)])('a reply that is split at %j comes in two pieces', async (place) => {
  const { chunks, fired } = await play(fault.split(place), 'RETR 1')
  expect(chunks).toEqual([whole.slice(0, place.octet), whole.slice(place.octet)])
  expect(fired).toBe(1)
})

test('splits: every octet of the reply, dot-stuffing and terminator included', () => {
  expect([...splits(honest)]).toHaveLength(whole.length - 1)
  expect([...splits(reply.ok('', { lines: ['.'] }))].at(-1)).toEqual({ octet: '+OK\r\n..\r\n.\r\n'.length - 1 })
  expect([...splits(reply.none())]).toEqual([])
})

test.each([...positions(honest)])('every position exists: %j', async (position) => {
  const { octets, end, fired } = await play(fault.cut(position), 'RETR 1')
  expect(whole.startsWith(octets)).toBe(true)
  expect(end).toBe('closed')
  expect(fired).toBe(1)
})

test('positions: names, lines and octets', () => {
  expect([...positions(reply.ok())]).toEqual([
    'start',
    'status',
    'end',
    ...[0, 1].map((line) => ({ line })),
    ...[0, 1, 2, 3, 4, 5].map((octet) => ({ octet })),
  ])
  expect([...positions(honest)].slice(2, 7)).toEqual([
    'terminator',
    ...[0, 1, 2, 3].map((terminator) => ({ terminator })),
  ])
  expect([...positions(honest)].at(-1)).toEqual({ octet: whole.length })
})

test('a body is made as far as the loop goes', () => {
  let made = 0
  const body = function* (): Generator<Uint8Array> {
    for (;;) {
      made += 1
      yield new TextEncoder().encode(`line ${made}\r\n`)
    }
  }
  const endless = reply.ok('', { body })
  const places = splits(endless)
  for (let octet = 1; octet <= 100; octet += 1) expect(places.next().value).toEqual({ octet })
  expect(made).toBeLessThan(15)
  expect([...take(positions(endless), 20)].at(-1)).toEqual({ line: 11 })
})

function* take<Value>(values: Iterable<Value>, count: number): Generator<Value> {
  let left = count
  for (const value of values) {
    yield value
    left -= 1
    if (left === 0) return
  }
}

test('what the server itself has answered with a message has places', async () => {
  const places: (readonly unknown[])[] = []
  const server = aliceServer({ clock: 'virtual' })
  server.use(
    pop3.retr(async (_, next) => {
      const answer = await next()
      places.push([...splits(answer)], [...positions(answer)])
      return answer
    }),
  )
  const client = await talk(server).login()
  client.send('RETR 1\r\n')
  await server.clock.advance(0)
  expect(places).toEqual([[...splits(honest)], [...positions(honest)]])
})

test('a body that is not at hand is refused', () => {
  const body = async function* (): AsyncGenerator<Uint8Array> {
    yield Uint8Array.of(0x78)
  }
  const lazy = reply.ok('', { body })
  expect(() => [...splits(lazy)]).toThrow('Cannot tell the places of a reply whose body comes asynchronously')
  expect(() => [...positions(lazy)]).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
