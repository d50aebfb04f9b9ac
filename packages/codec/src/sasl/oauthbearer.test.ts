import { expect, test } from 'vitest'
import { decodeText, encodeText } from '../octets.ts'
import { fc } from '../testing/arbitraries.ts'
import { testMessages } from '../testing/messages.ts'
import { readVectors } from '../testing/vectors.ts'
import { encodeBase64 } from './base64.ts'
import { formatOauthBearer, parseOauthBearer, type OauthBearerCredentials } from './oauthbearer.ts'

testMessages('OAUTHBEARER', parseOauthBearer, readVectors('sasl').oauthBearer)

test('R88: the message of RFC 7628', () => {
  const credentials = {
    user: 'user@example.com',
    accessToken: 'vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==',
    host: 'server.example.com',
    port: 143,
  }
  expect(encodeBase64(formatOauthBearer(credentials))).toBe(
    'bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB',
  )
})

test('R88: without a name the header is "n,,"', () => {
  const message = formatOauthBearer({ accessToken: 's3cr3t' })
  expect(decodeText(message)).toBe('n,,\x01auth=Bearer s3cr3t\x01\x01')
  expect(parseOauthBearer(message)).toEqual({
    user: undefined,
    accessToken: 's3cr3t',
    host: undefined,
    port: undefined,
  })
})

test('R88: a comma and an equals sign in a name are escaped', () => {
  const message = formatOauthBearer({ user: 'a,b=c=2C', accessToken: 's3cr3t' })
  expect(decodeText(message)).toBe('n,a=a=2Cb=3Dc=3D2C,\x01auth=Bearer s3cr3t\x01\x01')
  expect(parseOauthBearer(message).user).toBe('a,b=c=2C')
})

test('any credentials come out as they were', () => {
  const user = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('\0')),
    fc.string({ unit: fc.constantFrom(',', '=', '2C', '3D', 'é', '\x01'), minLength: 1 }),
  )
  const credentials: fc.Arbitrary<OauthBearerCredentials> = fc.record({
    user: fc.option(user, { nil: undefined }),
    accessToken: fc.stringMatching(/^[!-~]+$/),
    host: fc.option(fc.domain(), { nil: undefined }),
    port: fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined }),
  })
  fc.assert(
    fc.property(credentials, (credentials) => {
      expect(parseOauthBearer(formatOauthBearer(credentials))).toEqual(credentials)
    }),
  )
})

test.each([
  { accessToken: '' },
  { accessToken: 's3c\x01r3t' },
  { accessToken: 's3cr3t', user: '' },
  { accessToken: 's3cr3t', user: 'ti\0m' },
  { accessToken: 's3cr3t', host: '' },
  { accessToken: 's3cr3t', host: 'h\x01' },
  { accessToken: 's3cr3t', port: 0 },
  { accessToken: 's3cr3t', port: 1.5 },
])('%j cannot be sent, and is not shown', (credentials) => {
  expect(() => formatOauthBearer(credentials)).toThrow(
    expect.objectContaining({ code: 'POP3_ARGUMENT', message: expect.not.stringMatching(/ti\0m|s3/) }),
  )
})

test('fields made to be searched for ever are searched at once', () => {
  const started = performance.now()
  expect(() => parseOauthBearer(encodeText(`n,,\x01${'a=\x01'.repeat(100_000)}x`))).toThrow('^A')
  expect(() => parseOauthBearer(encodeText(`n,a=${'=2C'.repeat(100_000)}`))).toThrow('comma')
  expect(performance.now() - started).toBeLessThan(1000)
})
