import { encodeLatin1 } from '@pop3kit/codec'
import { expect, test } from 'vitest'
import { parseTranscript } from './index.ts'

test.each([
  ['S: +OK\nQUIT', 2, 1, 'there is "QUIT"'],
  ['S: a\\qb', 1, 5, 'the escape is none'],
  ['S: a\\x4', 1, 5, 'the escape is none'],
  ['C:QUIT', 1, 3, 'there is "Q"'],
  ['== session 0', 1, 1, 'there is "== session 0"'],
  ['== session one', 1, 1, 'there is "== session one"'],
  ['S: +OK\n\n-- 2 s', 3, 3, 'there is "-- 2 s"'],
  ['--2 ms', 1, 3, 'there is "--2 ms"'],
  ['-- S leaves', 1, 3, 'there is "-- S leaves"'],
])('%j is none: line %i, column %i, %s', (text, line, column, problem) => {
  expect(() => parseTranscript(text, { file: 'session.pop3' })).toThrow(
    expect.objectContaining({
      code: 'POP3_TRANSCRIPT',
      file: 'session.pop3',
      line,
      column,
      message: expect.stringContaining(
        `Cannot read "session.pop3": line ${line}, column ${column}: ${problem}; expected `,
      ),
    }),
  )
})

test('without a file the error names none', () => {
  expect(() => parseTranscript('?')).toThrow(
    'Cannot read the transcript: line 1, column 1: there is "?"; expected a line',
  )
})

test('comments and empty lines change nothing, not even the border of a piece', () => {
  expect(parseTranscript('# recorded on a Monday\nS: +OK\n\n# the listing\nS: .\n')).toEqual({
    sessions: [{ events: [{ type: 'reply', octets: encodeLatin1('+OK\r\n.\r\n') }] }],
  })
})

test('a session that is named again goes on', () => {
  const text = '== session 4\nS: +OK\n== session 7\nS: +OK two\n== session 4\nS: more\n'
  expect(parseTranscript(text)).toEqual({
    sessions: [
      {
        events: [
          { type: 'reply', octets: encodeLatin1('+OK\r\n') },
          { type: 'reply', octets: encodeLatin1('more\r\n') },
        ],
      },
      { events: [{ type: 'reply', octets: encodeLatin1('+OK two\r\n') }] },
    ],
  })
})

test('a byte order mark and the line ends of another system are no part of what was said', () => {
  expect(parseTranscript('\uFEFFC: QUIT\r\n')).toEqual({
    sessions: [{ events: [{ type: 'command', octets: encodeLatin1('QUIT\r\n') }] }],
  })
})
