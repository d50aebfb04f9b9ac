import { expect, test } from 'vitest'
import { fc } from '../../testing/arbitraries.ts'
import { testMessages } from '../../testing/messages.ts'
import { readVectors } from '../../testing/vectors.ts'
import { formatScramClientFirst, parseScramClientFirst } from './client-first.ts'

testMessages('client-first', parseScramClientFirst, readVectors('sasl').scram.clientFirst)

test('a name with commas, equals signs and letters of any language comes out as it was', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('\0')),
    fc.string({ unit: fc.constantFrom(',', '=', '2C', '3D', 'é', 'n=', 'r='), minLength: 1 }),
  )
  const message = fc.record({
    user: name,
    authzid: fc.option(name, { nil: undefined }),
    nonce: fc.stringMatching(/^[!-+\--~]+$/),
  })
  fc.assert(
    fc.property(message, (message) => {
      expect(parseScramClientFirst(formatScramClientFirst(message))).toMatchObject(message)
    }),
  )
})

test.each([
  { user: '', nonce: 'fyko' },
  { user: 'a\0b', nonce: 'fyko' },
  { user: 'user', authzid: '', nonce: 'fyko' },
  { user: 'user', nonce: '' },
  { user: 'user', nonce: 'fy,ko' },
  { user: 'user', nonce: 'fy ko' },
])('%j cannot be sent', (message) => {
  expect(() => formatScramClientFirst(message)).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
