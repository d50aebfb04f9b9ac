import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Fault, fault, faultNamed } from '../index.ts'
import { play } from '../testing/play.ts'

const whole = '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n'
const body = whole.slice(0, -3)

/** A fault of each name, with all its arguments. */
const examples: { readonly [Name in keyof typeof fault]: Fault } = {
  err: fault.err('busy', { code: 'IN-USE' }),
  status: fault.status('+ERR'),
  duplicate: fault.duplicate('reply'),
  blankLine: fault.blankLine(),
  withhold: fault.withhold(),
  single: fault.single(),
  multiLine: fault.multiLine(),
  fail: fault.fail({ line: 2 }, 'disk full'),
  text: fault.text('one\ttwo'),
  terminator: fault.terminator('missing'),
  stuffing: fault.stuffing('skipped'),
  interleave: fault.interleave(),
  lineEnds: fault.lineEnds('lf'),
  longLine: fault.longLine(2050),
  insert: fault.insert('end', { hex: '00' }),
  extraLine: fault.extraLine(),
  longStatus: fault.longStatus(513),
  truncate: fault.truncate({ line: 11 }),
  whole: fault.whole(),
  split: fault.split('status', { octet: 5 }, { line: 2 }),
  chunks: fault.chunks(1),
  apart: fault.apart('crlf'),
  coalesce: fault.coalesce(2),
  slow: fault.slow('2s', 'terminator'),
  slowBetween: fault.slowBetween('1s', 2000, 'status'),
  slowLognormal: fault.slowLognormal({ median: '1s', sigma: 1.5, max: '1m' }, { octet: 2 }),
  drip: fault.drip({ octets: 1, every: '1s' }),
  bandwidth: fault.bandwidth(1000),
  stall: fault.stall('terminator'),
  refuse: fault.refuse(),
  cut: fault.cut({ octet: 1200 }),
  cutSilently: fault.cutSilently({ octet: 1200 }),
  reset: fault.reset('status'),
  halfClose: fault.halfClose('end'),
  hangUp: fault.hangUp(),
  total: fault.total({ octets: '-1', messages: { add: 1 } }),
  sizes: fault.sizes({ lf: true }),
  rows: fault.rows('gaps'),
  uids: fault.uids('churn'),
  arrive: fault.arrive({ content: 'late\r\n', uid: 'late-1' }),
  vanish: fault.vanish(2),
  keep: fault.keep(),
  quota: fault.quota(1000, 'used up'),
  capabilities: fault.capabilities({ add: ['X'], remove: ['TOP'], only: ['UIDL'], case: 'lower' }),
  challenge: fault.challenge('+OK'),
  tls: fault.tls('alert'),
}

test.each(Object.entries(examples))('%s has a form that JSON can hold', (name, example) => {
  const form = JSON.parse(JSON.stringify(example.form)) as Fault['form']
  expect(form).toEqual(example.form)
  expect(form.name).toBe(name)
  const again = faultNamed(form.name, form.args)
  expect(again.fault).toBe(example.fault)
  expect(again.form).toEqual(form)
})

test('a fault has its name in titles of tests', () => {
  for (const [name, make] of Object.entries(fault)) expect(make.name).toBe(name)
})

test('a fault is written as it was called, without what was left out', () => {
  expect(fault.slow('2s').fault).toBe("slow('2s')")
  expect(fault.slow('2s').form).toEqual({ name: 'slow', args: ['2s'] })
  expect(examples.split.fault).toBe("split('status', { octet: 5 }, { line: 2 })")
  expect(fault.text("it's\0\n".slice(0, -1)).fault).toBe(String.raw`text('it\'s\0')`)
  expect(fault.err('busy', { code: undefined }).fault).toBe("err('busy', {})")
  expect(fault.err(undefined, { code: 'IN-USE' }).form.args).toEqual(['refused', { code: 'IN-USE' }])
})

test.each([
  ['explode', [], 'Cannot find a fault "explode": expected one of err, status, duplicate, '],
  ['toString', [], 'Cannot find a fault "toString": expected one of '],
  ['stall', ['end', 1], 'Cannot call stall with 2 arguments: expected 1 at most'],
  ['hangUp', ['end'], 'Cannot call hangUp with 1 arguments: expected none'],
  ['cut', [], 'Cannot use undefined as a place of a reply: expected'],
  ['chunks', ['1'], "Cannot use '1' as the octets of a chunk: expected a whole number, 1 or more"],
])('faultNamed: %s with %j is refused', (name, args, message) => {
  expect(() => faultNamed(name, args)).toThrow(message)
})

/** What is no argument of any fault. */
const impossible = [null, Number.NaN, -1, true, Symbol('x'), () => 1, { nonsense: 1 }, ['x']]

test.each(Object.keys(fault))('%s refuses what cannot be when it is made, and says what can', (name) => {
  for (const value of impossible) {
    expect(() => faultNamed(name, [value])).toThrow(
      expect.objectContaining({ code: 'POP3_ARGUMENT', message: expect.stringMatching(/^Cannot .*: expected \S/s) }),
    )
  }
})

test.each<[string, Fault[], string, readonly string[], readonly number[]]>([
  ['a slow reply that is cut', [fault.slow('2s'), fault.cut('terminator')], 'RETR 1', [body], [2000]],
  ['the same, the other way round', [fault.cut('terminator'), fault.slow('2s')], 'RETR 1', [body], [2000]],
  [
    'a pause, then the end',
    [fault.slow('2s', 'status'), fault.cut({ line: 2 })],
    'RETR 1',
    ['+OK 31 octets\r\n', 'Subject: one\r\n'],
    [0, 2000],
  ],
  [
    'a pause behind the end never comes',
    [fault.cut('status'), fault.slow('2s', 'terminator')],
    'RETR 1',
    ['+OK 31 octets\r\n'],
    [0],
  ],
  ['octet by octet, then cut', [fault.cut({ octet: 3 }), fault.chunks(1)], 'RETR 1', ['+', 'O', 'K'], [0, 0, 0]],
  [
    'cut, and what is left octet by octet',
    [fault.chunks(1), fault.cut({ octet: 3 })],
    'RETR 1',
    ['+', 'O', 'K'],
    [0, 0, 0],
  ],
  [
    'two terminators, octet by octet',
    [fault.apart('terminator'), fault.terminator('twice')],
    'LIST 1',
    ['+OK 1 31\r\n'],
    [0],
  ],
  [
    'a glued terminator in two pieces',
    [fault.terminator('glued'), fault.split({ octet: 45 })],
    'RETR 1',
    [`${body.slice(0, -2)}.`.slice(0, 45), '\r\n'],
    [0, 0],
  ],
  [
    'the same, the other way round',
    [fault.split({ octet: 45 }), fault.terminator('glued')],
    'RETR 1',
    [`${body.slice(0, -2)}.`.slice(0, 45), '\r\n'],
    [0, 0],
  ],
  ['bare LF and octet by octet', [fault.lineEnds('lf'), fault.chunks(1)], 'NOOP', ['+', 'O', 'K', '\n'], [0, 0, 0, 0]],
  [
    'a missing terminator and bare LF',
    [fault.terminator('missing'), fault.lineEnds('lf')],
    'RETR 1',
    [body.replaceAll('\r', '')],
    [0],
  ],
  [
    'the same, the other way round',
    [fault.lineEnds('lf'), fault.terminator('missing')],
    'RETR 1',
    [body.replaceAll('\r', '')],
    [0],
  ],
  [
    'a glued terminator and bare LF',
    [fault.terminator('glued'), fault.lineEnds('lf')],
    'RETR 1',
    [`${body.slice(0, -2)}.\n`.replaceAll('\r', '')],
    [0],
  ],
  [
    'the same, the other way round',
    [fault.lineEnds('lf'), fault.terminator('glued')],
    'RETR 1',
    [`${body.slice(0, -2)}.\n`.replaceAll('\r', '')],
    [0],
  ],
  ['a refusal that is slow', [fault.slow('1s'), fault.err('busy')], 'RETR 1', ['-ERR busy\r\n'], [1000]],
  ['a refusal and the end', [fault.hangUp(), fault.err('busy')], 'RETR 1', ['-ERR busy\r\n'], [0]],
  ['a wrong status in two pieces', [fault.split({ octet: 2 }), fault.status('+ERR')], 'NOOP', ['+E', 'RR\r\n'], [0, 0]],
  [
    'the same, the other way round',
    [fault.status('+ERR'), fault.split({ octet: 2 })],
    'NOOP',
    ['+E', 'RR\r\n'],
    [0, 0],
  ],
  [
    'a drip that stalls',
    [fault.stall({ octet: 3 }), fault.drip({ octets: 2, every: '1s' })],
    'STAT',
    ['+O', 'K'],
    [0, 1000],
  ],
  [
    'a drip of a doubled reply',
    [fault.drip({ octets: 5, every: '1s' }), fault.duplicate()],
    'NOOP',
    ['+OK\r\n', '+OK\r\n'],
    [0, 1000],
  ],
  [
    'an empty line, octet by octet',
    [fault.blankLine(), fault.chunks(1)],
    'NOOP',
    ['\r', '\n', '+', 'O', 'K', '\r', '\n'],
    [0, 0, 0, 0, 0, 0, 0],
  ],
  ['nothing but a line end, octet by octet', [fault.status(''), fault.chunks(1)], 'NOOP', ['\r', '\n'], [0, 0]],
  [
    'no stuffing and a glued terminator',
    [fault.stuffing('skipped'), fault.terminator('glued')],
    'RETR 2',
    ['+OK 27 octets\r\nSubject: two\r\n\r\n.dot\r\nend.\r\n'],
    [0],
  ],
  [
    'the same, the other way round',
    [fault.terminator('glued'), fault.stuffing('skipped')],
    'RETR 2',
    ['+OK 27 octets\r\nSubject: two\r\n\r\n.dot\r\nend.\r\n'],
    [0],
  ],
  [
    'a terminator that is missing and glued',
    [fault.terminator('missing'), fault.terminator('glued')],
    'RETR 1',
    [body],
    [0],
  ],
  [
    'two replies, each octet by octet',
    [fault.chunks(5), fault.duplicate('reply')],
    'NOOP',
    ['+OK\r\n', '+OK\r\n'],
    [0, 0],
  ],
])('several at once: %s', async (_name, faults, command, pieces, due) => {
  const { chunks, times, fired } = await play(faults, command, { during: '1m' })
  expect(chunks).toEqual(pieces)
  expect(times).toEqual(due)
  expect(fired).toBe(command === 'LIST 1' ? 0 : 1)
})

test('whatever faults stand together, nothing throws, and the session ends with its client', async () => {
  const anyFault = fc.constantFrom(...Object.values(examples))
  const command = fc.constantFrom(
    'STAT',
    'LIST',
    'LIST 2',
    'UIDL',
    'RETR 1',
    'TOP 2 1',
    'CAPA',
    'RSET',
    'DELE 9',
    'QUIT',
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFault, { minLength: 1, maxLength: 4 }),
      fc.array(command, { minLength: 1, maxLength: 3 }),
      async (faults, commands) => {
        const { client, server } = await play(faults, commands, { during: '9m' })
        client.stream.destroy()
        await server.clock.advance('9m')
        expect(server.sessions[0]?.open).toBe(false)
        await server.close()
      },
    ),
    { numRuns: 300 },
  )
})
