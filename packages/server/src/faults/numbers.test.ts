import { expect, test } from 'vitest'
import { type Fault, fault, personaNames } from '../index.ts'
import { play } from '../testing/play.ts'

const list = (...rows: string[]): string =>
  `+OK 2 messages (58 octets)\r\n${rows.map((row) => `${row}\r\n`).join('')}.\r\n`

test.each<[Fault, string, string]>([
  [fault.total({ octets: '-1' }), 'STAT', '+OK 2 -1\r\n'],
  [fault.total({ octets: { factor: -1 } }), 'STAT', '+OK 2 -58\r\n'],
  [fault.total({ octets: '' }), 'STAT', '+OK 2\r\n'],
  [fault.total({ messages: { add: 1 }, octets: { factor: 0.8 } }), 'STAT', '+OK 3 46\r\n'],
  [fault.total({ messages: 'two' }), 'STAT', '+OK two 58\r\n'],
  [fault.sizes({ factor: 0.5 }), 'LIST', list('1 16', '2 14')],
  [fault.sizes({ factor: 0.5 }), 'LIST 1', '+OK 1 16\r\n'],
  [fault.sizes({ round: 1024 }), 'LIST', list('1 1024', '2 1024')],
  [fault.sizes({ add: -3 }), 'LIST 2', '+OK 2 24\r\n'],
  [fault.sizes({ lf: true }), 'LIST', list('1 28', '2 23')],
  [fault.sizes({ lf: true }), 'LIST 2', '+OK 2 23\r\n'],
  [fault.sizes('%!d(float64=5461)'), 'LIST 1', '+OK 1 %!d(float64=5461)\r\n'],
  [fault.sizes(''), 'LIST 1', '+OK 1\r\n'],
  [fault.rows('missing-number'), 'LIST', list('31', '27')],
  [fault.rows('missing-number'), 'LIST 2', '+OK 27\r\n'],
  [fault.rows('missing-size'), 'LIST', list('1', '2')],
  [fault.rows('missing-size'), 'LIST 2', '+OK 2\r\n'],
  [fault.rows('wrong-number'), 'LIST', list('2 31', '3 27')],
  [fault.rows('wrong-number'), 'LIST 2', '+OK 3 27\r\n'],
  [fault.rows('gaps'), 'LIST', list('1 31')],
  [fault.rows('ok-prefix'), 'LIST', list('+OK 1 31', '+OK 2 27')],
  [fault.rows('two-spaces'), 'LIST', list('1  31', '2  27')],
  [fault.rows('two-spaces'), 'LIST 1', '+OK 1  31\r\n'],
])('$0.fault at $1: exactly these octets, in one piece', async (played, command, expected) => {
  const { chunks, fired, transcript } = await play(played, command)
  expect(chunks).toEqual([expected])
  expect(fired).toBe(1)
  expect(transcript).toContain(`# fault: ${played.fault}\n`)
})

test.each<[Fault, string]>([
  [fault.total({ octets: { factor: 2 } }), 'LIST'],
  [fault.total({}), 'STAT'],
  [fault.sizes({ factor: 2 }), 'STAT'],
  [fault.sizes({ factor: 2 }), 'RETR 1'],
  [fault.sizes({ factor: 1 }), 'LIST'],
  [fault.sizes({ factor: 2 }), 'LIST 9'],
  [fault.rows('gaps'), 'LIST 2'],
  [fault.rows('renumbered'), 'LIST'],
  [fault.rows('ok-prefix'), 'UIDL 1'],
])('$0.fault changes nothing at $1, and is pending', async (played, command) => {
  const honest = await play([], command)
  const { octets, fired, server } = await play(played, command)
  expect(octets).toBe(honest.octets)
  expect(fired).toBe(0)
  expect(() => server.assertNoPendingFaults()).toThrow('has not fired')
})

test('M34: listings are renumbered behind DELE, and LIST n and RETR are not', async () => {
  const { octets } = await play(fault.rows('renumbered'), ['DELE 1', 'LIST', 'LIST 2'])
  expect(octets).toBe('+OK message 1 deleted\r\n+OK 1 messages (27 octets)\r\n1 27\r\n.\r\n+OK 2 27\r\n')
})

test.each(personaNames)('%s: lies change the rows of STAT, LIST, LIST n, UIDL and UIDL n', async (persona) => {
  const commands = ['STAT', 'LIST', 'LIST 1', 'UIDL', 'UIDL 1']
  const of = async (...faults: Fault[]): Promise<string[]> =>
    (await play(faults, commands, { persona })).octets.split('\r\n')
  const last = (word: string) => (line: string | undefined) => line?.replace(/ \S+$/, ` ${word}`)
  const [stat, messages, one, two, dot, alone, uids, uidOne, uidTwo, dotAgain, uidAlone, end] = await of()
  const lied = await of(fault.total({ octets: '-1' }), fault.sizes('zero'), fault.uids('reused'))
  expect(lied).toEqual([
    last('-1')(stat),
    messages,
    last('zero')(one),
    last('zero')(two),
    dot,
    last('zero')(alone),
    uids,
    last('1')(uidOne),
    last('2')(uidTwo),
    dotAgain,
    last('1')(uidAlone),
    end,
  ])
})

test('a listing of 20,000 rows is changed in a moment', async () => {
  const messages = Array.from({ length: 20_000 }, () => 'x\r\n')
  const { octets } = await play(fault.sizes({ add: 1 }), 'LIST', { messages })
  expect(
    octets
      .split('\r\n')
      .slice(1, 20_001)
      .every((row, index) => row === `${index + 1} 4`),
  ).toBe(true)
})

test('lies and other faults compose', async () => {
  const faults = [fault.sizes({ factor: 2 }), fault.rows('two-spaces'), fault.terminator('missing')]
  expect((await play(faults, 'LIST')).octets).toBe(list('1 62', '2 54').slice(0, -3))
  expect((await play([fault.rows('two-spaces'), fault.cut({ line: 2 }), fault.sizes('x')], 'LIST')).octets).toBe(
    '+OK 2 messages (58 octets)\r\n1  x\r\n',
  )
})

test.each([
  [
    () => fault.total({ bytes: 1 } as never),
    'Cannot use { bytes: 1 } as a total: expected an object with messages, octets',
  ],
  [
    () => fault.total({ octets: 7 as never }),
    'Cannot use 7 as a number of STAT: expected one line of text, { factor }, { add } or { round }',
  ],
  [() => fault.total({ octets: { lf: true } as never }), 'Cannot use { lf: true } as a number of STAT: expected'],
  [() => fault.total({ octets: 'a\n' }), "Cannot use 'a\\n' as a number of STAT: expected one line of text"],
  [
    () => fault.sizes({ factor: 1, add: 2 }),
    'Cannot use { factor: 1, add: 2 } as a size: expected one line of text, { factor }, { add }, { round } or { lf }',
  ],
  [() => fault.sizes({ factor: '2' } as never), "Cannot use '2' as what a number is multiplied by: expected a number"],
  [() => fault.sizes({ round: 0 }), 'Cannot use 0 as what a number is rounded to: expected a whole number, 1 or more'],
  [() => fault.sizes({ lf: false } as never), 'Cannot use false as each line end counted as one octet: expected true'],
  [() => fault.sizes(null as never), 'Cannot use null as a size: expected'],
  [
    () => fault.rows('odd' as never),
    "Cannot use 'odd' as the manner of rows: expected 'missing-number', 'missing-size'",
  ],
])('refused when the fault is made: $1', (make, message) => {
  expect(make).toThrow(message)
})
