import { expect, test } from 'vitest'
import { fc } from '../../testing/arbitraries.ts'
import { testMessages } from '../../testing/messages.ts'
import { readVectors } from '../../testing/vectors.ts'
import { encodeBase64 } from '../base64.ts'
import { formatScramServerFinal, parseScramServerFinal } from './server-final.ts'

const parse = (octets: Uint8Array): { signature?: string; error?: string } => {
  const { signature, error } = parseScramServerFinal(octets)
  return signature === undefined ? { error } : { signature: encodeBase64(signature) }
}

testMessages('server-final', parse, readVectors('sasl').scram.serverFinal)

test('a signature comes out as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (signature) => {
      expect(parseScramServerFinal(formatScramServerFinal({ signature }))).toEqual({ signature })
    }),
  )
})

test('an error comes out as it was', () => {
  expect(parseScramServerFinal(formatScramServerFinal({ error: 'invalid-proof' }))).toEqual({ error: 'invalid-proof' })
})

test.each(['', 'a,b', 'a\0b'])('the error %j cannot be sent', (error) => {
  expect(() => formatScramServerFinal({ error })).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
