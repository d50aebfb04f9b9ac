import { expect, test } from 'vitest'
import { encodeLatin1, encodeText } from '../octets.ts'
import { fc } from '../testing/arbitraries.ts'
import { encodeBase64 } from './base64.ts'
import { formatXoauth2, parseXoauth2 } from './xoauth2.ts'

test("R85: the message of Google's description", () => {
  const credentials = {
    user: 'someuser@example.com',
    accessToken: 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg',
  }
  expect(encodeBase64(formatXoauth2(credentials))).toBe(
    'dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==',
  )
  expect(parseXoauth2(formatXoauth2(credentials))).toEqual(credentials)
})

test('any name and token come out as they were', () => {
  const user = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('\x01')),
    fc.constantFrom('a,b=c', '=2C', 'auth=Bearer x', '\0\r\n'),
  )
  fc.assert(
    fc.property(user, fc.stringMatching(/^[!-~]+$/), (user, accessToken) => {
      expect(parseXoauth2(formatXoauth2({ user, accessToken }))).toEqual({ user, accessToken })
    }),
  )
})

test('the word "Bearer" is known in any case, and a field more is no concern', () => {
  const message = encodeText('user=tim\x01auth=bearer s3cr3t\x01host=h\x01\x01')
  expect(parseXoauth2(message)).toEqual({ user: 'tim', accessToken: 's3cr3t' })
})

test.each([
  ['nothing', ''],
  ['^A alone', '\x01'],
  ['no name', 'auth=Bearer s3cr3t\x01\x01'],
  ['an empty name', 'user=\x01auth=Bearer s3cr3t\x01\x01'],
  ['no token', 'user=tim\x01\x01'],
  ['an empty token', 'user=tim\x01auth=Bearer \x01\x01'],
  ['another scheme', 'user=tim\x01auth=Basic s3cr3t\x01\x01'],
  ['one ^A behind', 'user=tim\x01auth=Bearer s3cr3t\x01'],
  ['no ^A at all', 'user=tim auth=Bearer s3cr3t'],
  ['text behind', 'user=tim\x01auth=Bearer s3cr3t\x01\x01x'],
  ['a blank in the token', 'user=tim\x01auth=Bearer s3c r3t\x01\x01'],
  ['octets that are not UTF-8', 'user=tim\xff\x01auth=Bearer s3cr3t\x01\x01'],
])('R78: a message with %s is refused, and not shown', (_what, message) => {
  expect(() => parseXoauth2(encodeLatin1(message))).toThrow(
    expect.objectContaining({ code: 'POP3_PROTOCOL', excerpt: '***', message: expect.not.stringMatching(/tim|s3/) }),
  )
})

test.each([
  { user: '', accessToken: 's3cr3t' },
  { user: 'ti\x01m', accessToken: 's3cr3t' },
  { user: 'tim', accessToken: '' },
  { user: 'tim', accessToken: 's3c\x01r3t' },
  { user: 'tim', accessToken: 's3ör3t' },
])('%j cannot be sent, and is not shown', (credentials) => {
  expect(() => formatXoauth2(credentials)).toThrow(
    expect.objectContaining({ code: 'POP3_ARGUMENT', message: expect.not.stringMatching(/tim|s3/) }),
  )
})
