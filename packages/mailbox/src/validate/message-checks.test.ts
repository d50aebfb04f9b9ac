import { expect, test } from 'vitest'
import { flawsOf } from './message-checks.ts'

const flaws = (message: string): unknown =>
  flawsOf(Buffer.from(message, 'latin1')).map(({ problem, offset, count }) => [problem, offset, count])

test.each([
  'Subject: x\r\n\r\nBody\r\n',
  'Subject: x\n\nBody\n',
  'Subject: x\r\n folded\r\n\tand again\r\n\r\n',
  'Subject :old\r\n\r\n',
  'Subject: header alone\r\n',
  'Subject: header alone',
  'Subject: Gr\xc3\xbc\xc3\x9fe\r\n\r\n',
  'MIME-Version: 1.0\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xfc\r\n',
  `Subject: x\r\n\r\n${'x'.repeat(998)}\r\n`,
])('nothing is wrong with %j', (message) => {
  expect(flaws(message)).toEqual([])
})

const notMime = 'octets beyond ASCII in a message that is not MIME'
const noField = 'a line of the header that is no field: it has no name and colon'

test.each([
  ['Subject: x\r\n\r\n\0a\0\r\n', 'a NUL', 14, 2],
  ['Subject: x\r\n\r\na\nb\n', 'a bare LF among lines that end with CRLF', 15, 2],
  ['Subject: x\r\n\r\na\rb\r', 'a bare CR', 15, 2],
  [`A: 1\n\n${'x'.repeat(999)}\n${'x'.repeat(2000)}`, 'a line of more than 998 octets', 6, 2],
  ['', 'no header', 0, 1],
  ['\r\nBody\r\n', 'no header', 0, 1],
  ['Subject: x\r\nno colon\r\n: no name\r\n\r\nno colon\r\n', noField, 12, 2],
  [' folded\r\nA: 1\r\n\r\n', noField, 0, 1],
  ['From x Mon Jan  5 08:00:00 2026\nA: 1\n\n', noField, 0, 1],
  ['Subject: Gr\xfc\xdfe\r\n\r\n', 'an octet beyond ASCII in the header that is not UTF-8', 11, 1],
  ['Subject: x\r\n\r\n\xfc\xfc\r\n', notMime, 14, 1],
])('of %j it says what is wrong, where first, and how often', (message, ...flaw) => {
  expect(flaws(message)).toEqual([flaw])
})

test('every kind is told, each once', () => {
  expect(flaws('\xfc\0\r\n\r\n\xfc\n\r')).toHaveLength(6)
})
