import { encodeLatin1 } from '@pop3kit/codec'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseTranscript } from '../index.ts'
import { type Redaction, TranscriptRecorder } from './recorder.ts'

/** What is written of one session: `C`, `S` and octets, or milliseconds that pass. */
function record(passes: readonly (readonly ['C' | 'S', string] | number)[], redact: Redaction = {}): string {
  let time = 0
  let text = ''
  const recorder = new TranscriptRecorder({ write: (lines) => (text += lines), now: () => time, redact })
  const session = recorder.open()
  for (const pass of passes) {
    if (typeof pass === 'number') time += pass
    else if (pass[0] === 'C') session.fromClient(encodeLatin1(pass[1]))
    else session.fromServer(encodeLatin1(pass[1]))
  }
  session.finish()
  return text.replace('== session 1\n', '')
}

test('pieces of the server, pauses and lines of the client are written as they pass', () => {
  expect(
    record([
      ['S', '+OK\r\n'],
      30,
      ['C', 'STA'],
      ['C', 'T\r\nNOOP\r\n'],
      9,
      ['S', '+OK 1'],
      250,
      ['S', ' 20\r\n+OK\r\n'],
    ]),
  ).toBe('S: +OK\n-- 30 ms\nC: STAT\nC: NOOP\nS: +OK 1\\\n-- 250 ms\nS:  20\nS: +OK\n')
})

test('two sessions at a time are told apart, and read as two again', () => {
  let text = ''
  const recorder = new TranscriptRecorder({ write: (lines) => (text += lines), now: () => 0 })
  const [one, two] = [recorder.open(), recorder.open()]
  one.fromServer(encodeLatin1('+OK one\r\n'))
  two.fromServer(encodeLatin1('+OK two\r\n'))
  one.fromServer(encodeLatin1('more\r\n'))
  two.ended('server', 'reset')
  expect(parseTranscript(text).sessions.map(({ events }) => events.map(({ type }) => type))).toEqual([
    ['reply', 'reply'],
    ['reply', 'end'],
  ])
})

const logins: Record<string, (readonly ['C' | 'S', string])[]> = {
  PASS: [
    ['C', 'USER alice\r\n'],
    ['S', '+OK\r\n'],
    ['C', 'PASS hunter2\r\n'],
    ['S', '+OK\r\n'],
    ['C', 'STAT\r\n'],
  ],
  'PASS in pieces': [
    ['C', 'PASS hun'],
    ['S', '+OK\r\n'],
    ['C', 'ter2\r'],
    ['C', '\nSTAT\r\n'],
  ],
  'PASS that is never ended': [['C', 'STAT\r\npass hunter2']],
  APOP: [['C', 'APOP alice hunter2\r\nSTAT\r\n']],
  'AUTH with an initial response': [
    ['C', 'AUTH PLAIN hunter2\r\n'],
    ['S', '+OK\r\n'],
    ['C', 'STAT\r\n'],
  ],
  'AUTH with challenges': [
    ['C', 'AUTH LOGIN\r\n'],
    ['S', '+ VXNl\r\n'],
    ['C', 'YWxpY2U=\r\n'],
    ['S', '+ UGFz\r\n'],
    ['C', 'hunter2\r\n'],
    ['S', '+OK\r\n'],
    ['C', 'STAT\r\n'],
  ],
  'a response that looks like a command': [
    ['S', '+OK\r\n'],
    ['C', 'AUTH LOGIN\r\n'],
    ['S', '+ VXNl\r\n'],
    ['C', 'PASShunter2\r\n'],
    ['S', '+ \r\n'],
    ['C', 'LIST hunter2\r\n'],
    ['S', '+OK\r\n'],
    ['C', 'STAT\r\n'],
  ],
  'a challenge that is +OK': [
    ['C', 'AUTH LOGIN\r\n'],
    ['S', '+OK go on\r\n'],
    ['C', 'my hunter2 pass\r\n'],
    ['S', '+OK\r\n'],
    ['C', 'STAT\r\n'],
  ],
  'a response ahead of the challenge': [['C', 'AUTH PLAIN\r\nhunter2\r\nSTAT\r\n']],
  'a response after AUTH was refused': [
    ['C', 'AUTH PLAIN\r\n'],
    ['S', '-ERR\r\n'],
    ['C', 'hunter2\r\nSTAT\r\n'],
  ],
  'a server that repeats it': [
    ['S', '+OK\r\n'],
    ['C', 'PASS hunter2\r\n'],
    ['S', '-ERR unknown: PASS hun'],
    ['S', 'ter2, HUNTER2\r\n'],
    ['C', 'STAT\r\n'],
  ],
}

test.each(Object.entries(logins))('secrets are hidden: %s', (_name, passes) => {
  const text = record(passes)
  expect(text).not.toMatch(/hunter2|hun|ter2/i)
  expect(text).toContain('C: STAT\n')
  expect(text).toMatch(/\*\*\*/)
})

const conversation: (readonly ['C' | 'S', string])[] = [
  ['S', '+OK ready <1896.697@dbc.example.com>\r\n'],
  ['C', 'USER alice.b@example.com\r\n'],
  ['S', '+OK "alice.b@example.com"\r\n'],
  ['C', 'LIST\r\n'],
  ['S', '+OK\r\n1 120\r\n.\r\n'],
  ['C', 'RETR 1\r\n'],
  ['S', '+OK 120 octets\r\nFrom: "Bob" <bob@exam'],
  ['S', 'ple.com>\r\nSubject: Pay\r\n\tme now\r\n\r\nDear Alice,\r\n..\r\n..dots\r\n  bob@example.com\r\n.\r\n'],
  ['C', 'QUIT\r\n'],
  ['S', '+OK bye\r\n'],
]

test('addresses are replaced by as many octets, across the border of two pieces', () => {
  expect(record(conversation, { addresses: true })).toBe(
    `S: +OK ready <xxxx.xxx@xxx.xxxxxxx.xxx>
C: USER xxxxx.x@xxxxxxx.xxx
S: +OK "xxxxx.x@xxxxxxx.xxx"
C: LIST
S: +OK
S: 1 120
S: .
C: RETR 1
S: +OK 120 octets
S: From: "Bob" <xxx@xxxx\\
--
S: xxx.xxx>
S: Subject: Pay
S: \tme now
S:
S: Dear Alice,
S: ..
S: ..dots
S:   xxx@xxxxxxx.xxx
S: .
C: QUIT
S: +OK bye
`,
  )
})

test('bodies are replaced by as many octets: names of fields, lines and dots stay', () => {
  expect(record(conversation, { bodies: true })).toContain(
    `S: 1 120
S: .
C: RETR 1
S: +OK 120 octets
S: From: xxxxx xxxxxxxxx\\
--
S: xxx.xxxx
S: Subject: xxx
S: \txx xxx
S:
S: xxxx xxxxxx
S: ..
S: ..xxxx
S:   xxxxxxxxxxx.xxx
S: .
C: QUIT
S: +OK bye
`,
  )
})

const wrongs: Record<string, (readonly ['C' | 'S', string])[]> = {
  'a lone dot that was not stuffed': [
    ['C', 'RETR 1\r\n'],
    ['S', '+OK\r\n\r\none\r\n.\r\nsecret\r\n'],
  ],
  'a listing that never ended': [
    ['C', 'LIST\r\n'],
    ['S', '+OK\r\n1 1\r\n'],
    ['C', 'RETR 1\r\n'],
    ['S', '+OK\r\nA: secret\r\n'],
  ],
  'a body where none is due': [
    ['C', 'DELE 1\r\n'],
    ['S', '+OK\r\nsecret\r\n'],
  ],
  'a body that nobody asked for': [['S', '+OK a\r\nsecret\r\n+OK secret\r\n']],
}

test.each(Object.entries(wrongs))('nothing of a message is left where a server is wrong: %s', (_what, passes) => {
  expect(record([['S', '+OK\r\n'], ...passes], { bodies: true })).not.toContain('secret')
})

test('what passes is not changed, though Node has it in buffers whose slice() is no copy', () => {
  const recorder = new TranscriptRecorder({ write: () => {}, redact: { addresses: true, bodies: true } })
  const session = recorder.open()
  const said = ['+OK\r\n', '+OK\r\nFrom: a@example.com\r\n\r\nhello\r\n.\r\n', '-ERR secret\r\n'].map((text) =>
    Buffer.from(text),
  )
  const heard = ['RETR 1\r\n', 'USER a@example.com\r\n', 'PASS secret\r\n'].map((text) => Buffer.from(text))
  const before = [...said, ...heard].map(String)
  for (const octets of heard) session.fromClient(octets)
  for (const octets of said) session.fromServer(octets)
  session.finish()
  expect([...said, ...heard].map(String)).toEqual(before)
})

const chunk = fc.oneof(
  fc.tuple(fc.constant('C' as const), fc.constantFrom('RETR 1\r\n', 'LIST\r\n', 'PASS x', '\r\n', 'AUTH PLAIN\r\n')),
  fc.tuple(
    fc.constant('S' as const),
    fc.oneof(
      fc.constantFrom('+OK\r\n', '.\r\n', '\r', '\n', 'a@b', 'From: "a b"@c.d', '@', '"', '..x\r\n', '+ \r\n'),
      fc.uint8Array({ minLength: 1, maxLength: 4 }).map((octets) => String.fromCharCode(...octets)),
    ),
  ),
)

test('whatever passes, pieces keep their sizes, line ends and dots, and without redaction all octets', () => {
  const pieces = (text: string): string[] =>
    (parseTranscript(text).sessions[0]?.events ?? []).flatMap((event) =>
      event.type === 'reply' ? [String.fromCharCode(...event.octets)] : [],
    )
  const shape = (text: string): string => text.replaceAll(/[^.\r\n]/g, '?')
  fc.assert(
    fc.property(fc.array(chunk), fc.boolean(), fc.boolean(), (passes, addresses, bodies) => {
      const sent = passes.flatMap(([who, text]) => (who === 'S' ? [text] : []))
      expect(pieces(record(passes))).toEqual(sent)
      expect(pieces(record(passes, { addresses, bodies })).map(shape)).toEqual(sent.map(shape))
    }),
    { numRuns: 1000 },
  )
})
