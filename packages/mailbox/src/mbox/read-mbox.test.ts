import { expect, test } from 'vitest'
import { readMbox } from './read-mbox.ts'

const read = (mbox: string, dialect?: Parameters<typeof readMbox>[1]): unknown => {
  const problems: unknown[] = []
  const entries = readMbox(Buffer.from(mbox, 'latin1'), dialect, (...problem) => problems.push(problem))
  const messages = entries.map(({ content }) => Buffer.from(content).toString('latin1'))
  return problems.length === 0 ? messages : { messages, problems }
}

const from = 'From alice@example.com Mon Jan  5 08:00:00 2026\n'

test('messages stand between From_ lines, and an empty line ends each', () => {
  expect(read(`${from}A: 1\n\none\n\n${from}B: 2\n\ntwo\n\n`)).toEqual(['A: 1\n\none\n', 'B: 2\n\ntwo\n'])
})

test('CRLF is as good as LF, and stays what it is', () => {
  const crlf = from.replace('\n', '\r\n')
  expect(read(`${crlf}A: 1\r\n\r\none\r\n\r\n${crlf}B: 2\r\n\r\ntwo\r\n\r\n`)).toEqual([
    'A: 1\r\n\r\none\r\n',
    'B: 2\r\n\r\ntwo\r\n',
  ])
})

test('only the last empty line is not part of the message', () => {
  expect(read(`${from}A: 1\n\none\n\n\n\n${from}B: 2\n\n\n`)).toEqual(['A: 1\n\none\n\n\n', 'B: 2\n\n'])
})

test('a mailbox that nobody has written to is empty, and a message may be, too', () => {
  expect(read('')).toEqual([])
  expect(read(from)).toEqual([''])
  expect(read(`${from}\n${from}${from}A: 1\n`)).toEqual(['', '', 'A: 1\n'])
})

test('a sentence that begins with From is no From_ line', () => {
  expect(read(`${from}A: 1\n\nFrom here on it rains\nFrom Monday, January 2026\n`)).toEqual([
    'A: 1\n\nFrom here on it rains\nFrom Monday, January 2026\n',
  ])
})

test('the last line may lack its end', () => {
  expect(read(`${from}A: 1\n\none`)).toEqual(['A: 1\n\none'])
  expect(read(from.trimEnd())).toEqual([''])
})

test('mboxrd unquotes once, mboxo only what has one mark, mboxcl2 nothing', () => {
  const mbox = `${from}A: 1\n\n>From a\n>>From b\n\n`
  expect(read(mbox)).toEqual(['A: 1\n\nFrom a\n>From b\n'])
  expect(read(mbox, 'mboxo')).toEqual(['A: 1\n\nFrom a\n>>From b\n'])
  expect(read(mbox.replace('A: 1', 'Content-Length: 17'))).toEqual(['Content-Length: 17\n\n>From a\n>>From b\n'])
  expect(read(mbox.replace('A: 1', 'content-length : 17'), 'mboxcl')).toEqual([
    'content-length : 17\n\nFrom a\n>>From b\n',
  ])
})

test('lengths that do not lead on are left out of account, unless the dialect is theirs', () => {
  const mbox = `${from}Content-Length: 99\n\none\n\n${from}Subject: x\n\ntwo\n\n`
  const messages = ['Content-Length: 99\n\none\n', 'Subject: x\n\ntwo\n']
  expect(read(mbox)).toEqual(messages)
  expect(read(mbox, 'mboxcl2')).toEqual({
    messages,
    problems: [
      [48, 'the Content-Length of 99 octets leads to octet 167', 'the next From_ line or the end there'],
      [121, 'this message has no Content-Length', 'one in each message'],
    ],
  })
})

test('what does not begin with a From_ line is no mbox', () => {
  expect(read('Subject: x\n\n')).toEqual({
    messages: [],
    problems: [[0, 'it does not begin with "From "', 'an mbox']],
  })
})

test('each message knows where it stands', () => {
  const mbox = Buffer.from(`${from}A: 1\n\n>From a\n\n${from}B: 2\n\n`)
  const entries = readMbox(mbox, undefined, () => undefined)
  expect(entries.map(({ offset, stored }) => [offset, stored.length])).toEqual([
    [48, 14],
    [111, 5],
  ])
  // Nothing is quoted in it: no octet is copied.
  expect(entries[1]?.content.buffer).toBe(mbox.buffer)
})
