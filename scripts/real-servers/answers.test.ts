import { expect, test } from 'vitest'
import { isAnswered } from './answers.ts'

test.each([
  ['NOOP\r\n', '+OK\r\n'],
  ['NOOP\r\nNOOP\r\n', '+OK\r\n-ERR\r\n'],
  ['LIST\r\n', '+OK\r\n1 2\r\n.\r\n'],
  ['LIST 1\r\n', '+OK 1 2\r\n'],
  ['RETR 1\r\n', '+OK\r\n\r\n..\r\n.a\r\n.\r\n'],
  ['RETR 9\r\nQUIT\n', '-ERR no such message\r\n+OK\r\n'],
  ['AUTH\r\n', '-ERR\r\n'],
  ['', ''],
])('To %j %j is all of the answer', (sent, heard) => {
  expect(isAnswered(sent, heard)).toBe(true)
})

test.each([
  ['NOOP\r\n', ''],
  ['NOOP\r\n', '+OK'],
  ['NOOP\r\nNOOP\r\n', '+OK\r\n'],
  ['LIST\r\n', '+OK\r\n1 2\r\n'],
  ['RETR 1\r\n', '+OK\r\na\r\n..\r\n'],
  ['NOOP', ''],
])('To %j %j is not all of the answer', (sent, heard) => {
  expect(isAnswered(sent, heard)).toBe(false)
})
