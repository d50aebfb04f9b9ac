import { expect, test } from 'vitest'
import { fc } from '../testing/arbitraries.ts'
import { testMessages } from '../testing/messages.ts'
import { readVectors } from '../testing/vectors.ts'
import { encodeBase64 } from './base64.ts'
import { formatXoauth2, parseXoauth2 } from './xoauth2.ts'

testMessages('XOAUTH2', parseXoauth2, readVectors('sasl').xoauth2)

test("R85: the message of Google's description", () => {
  const credentials = {
    user: 'someuser@example.com',
    accessToken: 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg',
  }
  expect(encodeBase64(formatXoauth2(credentials))).toBe(
    'dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==',
  )
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
