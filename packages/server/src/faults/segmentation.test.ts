import * as fc from 'fast-check'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { type Fault, type Position, fault, pop3 } from '../index.ts'
import { play } from '../testing/play.ts'
import { Talk, aliceServer } from '../testing/talk.ts'

const whole = '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n'

const cases: readonly (readonly [Fault, string, readonly string[]])[] = [
  [fault.split({ octet: 2 }), 'NOOP', ['+O', 'K\r\n']],
  [fault.split('status'), 'RETR 1', ['+OK 31 octets\r\n', whole.slice(15)]],
  [
    fault.split('terminator', { octet: 2 }, { line: 3 }),
    'RETR 1',
    ['+O', 'K 31 octets\r\nSubject: one\r\n\r\n', 'first message\r\n', '.\r\n'],
  ],
  [fault.split({ octet: whole.length - 2 }), 'RETR 1', [whole.slice(0, -2), '\r\n']],
  [fault.split({ terminator: 1 }, { terminator: 2 }), 'RETR 1', [whole.slice(0, -2), '\r', '\n']],
  [fault.chunks(20), 'RETR 1', ['+OK 31 octets\r\nSubje', 'ct: one\r\n\r\nfirst mes', 'sage\r\n.\r\n']],
  [fault.chunks(1), 'STAT', '+OK 2 58\r\n'.split('')],
  [
    fault.apart('crlf'),
    'RETR 1',
    ['+OK 31 octets', '\r\n', 'Subject: one', '\r\n', '\r\n', 'first message', '\r\n', '.', '\r\n'],
  ],
  [
    fault.apart('cr-from-lf'),
    'RETR 1',
    ['+OK 31 octets\r', '\nSubject: one\r', '\n\r', '\nfirst message\r', '\n.\r', '\n'],
  ],
  [fault.apart('terminator'), 'RETR 1', [whole.slice(0, -3), '.\r\n']],
  [fault.apart('lines'), 'RETR 1', ['+OK 31 octets\r\n', 'Subject: one\r\n', '\r\n', 'first message\r\n', '.\r\n']],
]

test.each(cases)('$0.fault at $1: exactly these pieces over memory', async (played, command, pieces) => {
  const { chunks, fired, transcript } = await play(played, command)
  expect(chunks).toEqual(pieces)
  expect(fired).toBe(1)
  expect(transcript.split(`# fault: ${played.fault}\n`)).toHaveLength(2)
})

test.each(cases)(
  '$0.fault at $1: exactly these pieces over TCP, proved by what the client has read',
  async (played, command, pieces) => {
    await using server = aliceServer()
    await server.listen()
    const client = await new Talk(connect(server.port, server.host)).login()
    server.use(pop3.any(played))
    client.chunks.length = 0
    const octets = pieces.join('').length
    client.send(`${command}\r\n`)
    while (client.chunks.join('').length < octets) await client.say()
    expect(client.chunks).toEqual(pieces)
    expect(server.transcript()).not.toContain('unproved')
    server.assertNoPendingFaults()
    await client.leave()
  },
)

test.each<[Fault, string]>([
  [fault.split('start'), 'STAT'],
  [fault.split('end'), 'STAT'],
  [fault.split('status'), 'STAT'],
  [fault.split('terminator'), 'STAT'],
  [fault.split({ octet: 0 }, { octet: 10 }, { octet: 11 }, { line: 1 }), 'STAT'],
  [fault.chunks(10), 'STAT'],
  [fault.apart('terminator'), 'STAT'],
  [fault.apart('lines'), 'STAT'],
])('$0.fault is no split of $1: one piece, and it is pending', async (played, command) => {
  const { chunks, fired } = await play(played, command)
  expect(chunks).toEqual(['+OK 2 58\r\n'])
  expect(fired).toBe(0)
})

test('coalesce: replies come in one piece when there are so many, and then again', async () => {
  const { chunks, fired, transcript } = await play(fault.coalesce(3), ['NOOP', 'STAT', 'LIST 1', 'NOOP', 'NOOP'])
  expect(chunks).toEqual(['+OK\r\n+OK 2 58\r\n+OK 1 31\r\n'])
  expect(fired).toBe(1)
  expect(transcript).toContain(
    'C: LIST 1\n# handler: *\n# fault: coalesce(3)\nS: +OK\nS: +OK 2 58\nS: +OK 1 31\nC: NOOP\n',
  )
})

test('coalesce: each session waits for its own replies', async () => {
  const coalesced = fault.coalesce(2)
  expect((await play(coalesced, 'NOOP')).chunks).toEqual([])
  expect((await play(coalesced, 'STAT')).chunks).toEqual([])
})

test.each([
  [() => fault.split(), "Cannot use undefined as a place of a reply: expected 'start'"],
  [() => fault.split('start', { line: 0.5 }), 'Cannot use 0.5 as the lines before a place: expected a whole number'],
  [() => fault.split(null as never), 'Cannot use null as a place of a reply: expected'],
  [() => fault.split({ octet: 1, line: 2 }), 'Cannot use { octet: 1, line: 2 } as a place of a reply: expected'],
  [() => fault.chunks(0), 'Cannot use 0 as the octets of a chunk: expected a whole number, 1 or more'],
  [
    () => fault.apart('lf' as never),
    "Cannot use 'lf' as what is sent apart: expected 'crlf', 'cr-from-lf', 'terminator' or 'lines'",
  ],
  [() => fault.coalesce(1), 'Cannot use 1 as the number of replies in one piece: expected a whole number, 2 or more'],
])('refused when the fault is made: $1', (make, message) => {
  expect(make).toThrow(message)
})

test('any chain of segmentation faults leaves the octets as they are', async () => {
  const number = fc.nat({ max: 60 })
  const position: fc.Arbitrary<Position> = fc.oneof(
    fc.constantFrom<Position[]>('start', 'status', 'terminator', 'end'),
    number.map((octet) => ({ octet })),
    number.map((line) => ({ line })),
  )
  const segmentation = fc.oneof(
    fc.array(position, { minLength: 1, maxLength: 4 }).map((positions) => fault.split(...positions)),
    fc.integer({ min: 1, max: 60 }).map(fault.chunks),
    fc.constantFrom('crlf', 'terminator', 'lines').map(fault.apart),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(segmentation, { minLength: 1, maxLength: 4 }), async (faults) => {
      const { chunks, octets } = await play(faults, 'RETR 1')
      expect(octets).toBe(whole)
      expect(chunks).not.toContain('')
    }),
    { numRuns: 150 },
  )
})
