import { encodeText } from '@pop3kit/codec'
import { expect, test } from 'vitest'
import { headerOf, isAscii } from './header.ts'

test.each([
  ['Subject: x\r\n\r\nbody\r\n', 'Subject: x\r\n'],
  ['Subject: x\n\nbody', 'Subject: x\n'],
  ['Subject: x\r\nTo: y', 'Subject: x\r\nTo: y'],
  ['', ''],
])('the header of %j is %j', (message, header) => {
  expect(Buffer.from(headerOf(encodeText(message))).toString()).toBe(header)
})

test('octets above 127 are not ASCII', () => {
  expect(isAscii(encodeText('Subject: x'))).toBe(true)
  expect(isAscii(encodeText('Subject: é'))).toBe(false)
})
