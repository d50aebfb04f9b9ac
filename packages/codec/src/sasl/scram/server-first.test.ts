import { expect, test } from 'vitest'
import { encodeText } from '../../octets.ts'
import { fc } from '../../testing/arbitraries.ts'
import { testMessages } from '../../testing/messages.ts'
import { readVectors } from '../../testing/vectors.ts'
import { encodeBase64 } from '../base64.ts'
import { formatScramServerFirst, parseScramServerFirst } from './server-first.ts'

const parse = (octets: Uint8Array): { nonce: string; salt: string; iterations: number } => {
  const message = parseScramServerFirst(octets, 'fyko+d2lbbFgONRv9qkxdawL')
  return { ...message, salt: encodeBase64(message.salt) }
}

testMessages('server-first', parse, readVectors('sasl').scram.serverFirst)

test('a message comes out as it was', () => {
  const nonce = fc.stringMatching(/^[!-+\--~]+$/)
  const salt = fc.uint8Array({ minLength: 1 })
  fc.assert(
    fc.property(nonce, nonce, salt, fc.integer({ min: 1, max: 1_000_000 }), (ours, theirs, salt, iterations) => {
      const message = { nonce: ours + theirs, salt, iterations }
      expect(parseScramServerFirst(formatScramServerFirst(message), ours)).toEqual(message)
    }),
  )
})

test.each([
  { nonce: '', salt: encodeText('salt'), iterations: 4096 },
  { nonce: 'a,b', salt: encodeText('salt'), iterations: 4096 },
  { nonce: 'ab', salt: new Uint8Array(), iterations: 4096 },
  { nonce: 'ab', salt: encodeText('salt'), iterations: 0 },
  { nonce: 'ab', salt: encodeText('salt'), iterations: 1.5 },
  { nonce: 'ab', salt: encodeText('salt'), iterations: 1_000_001 },
])('%j cannot be sent', (message) => {
  expect(() => formatScramServerFirst(message)).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
