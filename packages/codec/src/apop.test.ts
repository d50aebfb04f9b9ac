import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { apopDigest, formatApopTimestamp, parseApopTimestamp } from './apop.ts'
import { encodeText } from './octets.ts'
import { fc } from './testing/arbitraries.ts'

test('R21: the digest of RFC 1939', () => {
  expect(apopDigest('<1896.697170952@dbc.mtview.ca.us>', 'tanstaaf')).toBe('c4c9334bac560ecc979e58001b3e22fb')
})

test('a secret is UTF-8, or octets as they are', () => {
  const digest = createHash('md5').update('<1@a>é').digest('hex')
  expect(apopDigest('<1@a>', 'é')).toBe(digest)
  expect(apopDigest('<1@a>', encodeText('é'))).toBe(digest)
})

test.each([
  ['POP3 server ready <1896.697170952@dbc.mtview.ca.us>', '<1896.697170952@dbc.mtview.ca.us>'],
  ['<1896.697170952@dbc.mtview.ca.us> first', '<1896.697170952@dbc.mtview.ca.us>'],
  ['M56: <no> free <text> before <1@host> and behind', '<1@host>'],
  ['<<1@host>>', '<1@host>'],
])('M56: the timestamp is found in %j', (greeting, timestamp) => {
  expect(parseApopTimestamp(greeting)).toBe(timestamp)
})

test.each([
  'POP3 server ready',
  '<>',
  '<no at sign>',
  '<@host>',
  '<1@>',
  '<1@host',
  '1@host>',
  '<1 2@host>',
  '<é@host>',
  '<1@a@b>',
])('there is no timestamp in %j', (greeting) => {
  expect(parseApopTimestamp(greeting)).toBeUndefined()
})

test('a greeting made to be searched for ever is searched at once', () => {
  const started = performance.now()
  expect(parseApopTimestamp('<a'.repeat(100_000) + '@'.repeat(100_000))).toBeUndefined()
  expect(performance.now() - started).toBeLessThan(1000)
})

test('a timestamp that is formatted is found again', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9.-]{1,20}$/)
  fc.assert(
    fc.property(fc.record({ process: fc.nat(), clock: fc.maxSafeNat(), host: part }), (parts) => {
      const timestamp = formatApopTimestamp(parts)
      expect(parseApopTimestamp(`Welcome ${timestamp} here`)).toBe(timestamp)
    }),
  )
})

test.each(['', 'two words', 'a>b', 'a@b', 'a\r\nb', 'é'])('a host of %j is refused', (host) => {
  expect(() => formatApopTimestamp({ process: 1, clock: 2, host })).toThrow(
    expect.objectContaining({ code: 'POP3_ARGUMENT' }),
  )
})
