import { expect, test } from 'vitest'
import { type Fault, type TerminatorManner, fault } from '../index.ts'
import { play } from '../testing/play.ts'

const whole = '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n'
const body = whole.slice(0, -3)
/** A message with a line that begins with a dot. */
const dotted = '+OK 27 octets\r\nSubject: two\r\n\r\n..dot\r\nend\r\n.\r\n'

test.each<[TerminatorManner, string]>([
  ['missing', body],
  ['bare-lf', `${body}.\n`],
  ['cr-only', `${body}.\r`],
  ['glued', `${body.slice(0, -2)}.\r\n`],
  ['early', '+OK 31 octets\r\nSubject: one\r\n.\r\n\r\nfirst message\r\n.\r\n'],
  ['twice', `${whole}.\r\n`],
  ['trailing-spaces', `${body}.  \r\n`],
])('terminator %s: exactly these octets, in one piece', async (manner, expected) => {
  const { chunks, fired, transcript } = await play(fault.terminator(manner), 'RETR 1')
  expect(chunks).toEqual([expected])
  expect(fired).toBe(1)
  expect(transcript).toContain(`# fault: terminator('${manner}')\n`)
})

test.each<[Fault, string, string]>([
  [fault.stuffing('skipped'), 'RETR 2', dotted.replace('..dot', '.dot')],
  [
    fault.stuffing('skipped'),
    'TOP 2 9',
    dotted.replace('..dot', '.dot').replace('27 octets', 'top of message follows'),
  ],
  [fault.stuffing('doubled'), 'RETR 2', dotted.replace('..dot', '...dot')],
  [fault.lineEnds('lf'), 'RETR 1', whole.replaceAll('\r', '')],
  [fault.lineEnds('cr'), 'RETR 1', whole.replaceAll('\n', '')],
  [fault.lineEnds('lf'), 'STAT', '+OK 2 58\n'],
  [fault.longLine(2050), 'RETR 1', `${body}${'x'.repeat(2048)}\r\n.\r\n`],
  [fault.longLine(2), 'RETR 1', `${body}\r\n.\r\n`],
  [fault.extraLine(), 'RETR 1', `${body}\r\n.\r\n`],
  [fault.insert({ octet: 15 }, { hex: '00fF0d0A' }), 'RETR 1', whole.replace('Subject', '\0\xff\r\nSubject')],
  [fault.insert('end', '+OK 0 0\r\n'), 'STAT', '+OK 2 58\r\n+OK 0 0\r\n'],
  [fault.insert('status', 'é\0'), 'RETR 1', whole.replace('Subject', '\xc3\xa9\0Subject')],
  [fault.insert('start', '+OK 0 0\r\n'), 'STAT', '+OK 0 0\r\n+OK 2 58\r\n'],
  [fault.longStatus(600), 'STAT', `+OK 2 58 ${'x'.repeat(589)}\r\n`],
  [fault.longStatus(513), 'NOOP', `+OK ${'x'.repeat(507)}\r\n`],
  [fault.longStatus(20), 'RETR 1', whole.replace('octets', 'octets xxxx')],
])('$0.fault at $1: exactly these octets, in one piece', async (played, command, expected) => {
  const { chunks, fired, transcript } = await play(played, command)
  expect(chunks).toEqual([expected])
  expect(fired).toBe(1)
  expect(transcript).toContain(`# fault: ${played.fault}\n`)
})

test.each<[Fault, string]>([
  [fault.terminator('missing'), 'STAT'],
  [fault.terminator('glued'), 'STAT'],
  [fault.terminator('twice'), 'RETR 9'],
  [fault.stuffing('skipped'), 'RETR 1'],
  [fault.stuffing('doubled'), 'RETR 1'],
  [fault.longLine(100), 'STAT'],
  [fault.extraLine(), 'STAT'],
  [fault.longStatus(8), 'STAT'],
  [fault.insert('terminator', 'x'), 'STAT'],
])('$0.fault changes nothing at $1, and is pending', async (played, command) => {
  const honest = await play([], command)
  const { octets, fired, server } = await play(played, command)
  expect(octets).toBe(honest.octets)
  expect(fired).toBe(0)
  expect(() => server.assertNoPendingFaults()).toThrow('has not fired')
})

test.each<TerminatorManner>(['glued', 'early'])('terminator %s: an empty listing stays whole', async (manner) => {
  const { octets, fired } = await play(fault.terminator(manner), 'LIST', { messages: [] })
  expect(octets).toBe('+OK 0 messages (0 octets)\r\n.\r\n')
  expect(fired).toBe(0)
})

test('M5: what is not stuffed ends the message early', async () => {
  const { octets } = await play(fault.stuffing('skipped'), 'RETR 1', { messages: ['one\r\n.\r\ntwo\r\n..\r\n'] })
  expect(octets).toBe('+OK 17 octets\r\none\r\n.\r\ntwo\r\n..\r\n.\r\n')
})

test.each([1, 2, 3, 5, 100])('a message that comes in pieces of %i octets is changed in the same way', async (size) => {
  const message = '.a\r\n..b\r\n\r\n.\r\nc.\r\n'
  const content = function* (): Generator<Uint8Array> {
    for (let from = 0; from < message.length; from += size)
      yield new TextEncoder().encode(message.slice(from, from + size))
  }
  const of = async (played: Fault): Promise<string> =>
    (await play(played, 'RETR 1', { messages: [{ content, octets: message.length }] })).octets.replace(
      /^\+OK 18 octets\r?\n?/,
      '',
    )
  expect(await of(fault.stuffing('skipped'))).toBe(`${message}.\r\n`)
  expect(await of(fault.stuffing('doubled'))).toBe('...a\r\n....b\r\n\r\n...\r\nc.\r\n.\r\n')
  expect(await of(fault.lineEnds('lf'))).toBe('..a\n...b\n\n..\nc.\n.\n')
  expect(await of(fault.lineEnds('cr'))).toBe('..a\r...b\r\r..\rc.\r.\r')
  expect(await of(fault.terminator('glued'))).toBe('..a\r\n...b\r\n\r\n..\r\nc..\r\n')
  expect(await of(fault.terminator('early'))).toBe('..a\r\n.\r\n...b\r\n\r\n..\r\nc.\r\n.\r\n')
})

test.each([
  [
    () => fault.terminator('late' as never),
    "Cannot use 'late' as the manner of a terminator: expected 'missing', 'bare-lf'",
  ],
  [() => fault.stuffing('x' as never), "Cannot use 'x' as the manner of dot-stuffing: expected 'skipped' or 'doubled'"],
  [() => fault.lineEnds('crlf' as never), "Cannot use 'crlf' as an end of line: expected 'lf' or 'cr'"],
  [() => fault.longLine(1), 'Cannot use 1 as the octets of a line: expected a whole number, 2 or more'],
  [() => fault.longLine(2.5), 'Cannot use 2.5 as the octets of a line: expected a whole number, 2 or more'],
  [() => fault.longStatus('9' as never), "Cannot use '9' as the octets of a status line: expected a whole number"],
  [() => fault.insert('end', ''), "Cannot use '' as octets to insert: expected text that is not empty"],
  [() => fault.insert('end', { hex: '0' }), "Cannot use '0' as octets to insert: expected two digits for each octet"],
  [
    () => fault.insert('end', { text: '0' } as never),
    "Cannot use { text: '0' } as octets to insert: expected an object with hex",
  ],
  [
    () => fault.insert({ octet: -1 }, 'x'),
    'Cannot use -1 as the octets before a place: expected a whole number, 0 or more',
  ],
])('refused when the fault is made: $1', (make, message) => {
  expect(make).toThrow(message)
})
