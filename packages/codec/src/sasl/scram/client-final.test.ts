import { expect, test } from 'vitest'
import { decodeText, encodeText } from '../../octets.ts'
import { fc } from '../../testing/arbitraries.ts'
import { testMessages } from '../../testing/messages.ts'
import { readVectors } from '../../testing/vectors.ts'
import { encodeBase64 } from '../base64.ts'
import { formatScramClientFinal, parseScramClientFinal } from './client-final.ts'

const parse = (octets: Uint8Array): { proof: string } => {
  const exchange = { gs2Header: 'n,,', nonce: 'fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j' }
  return { proof: encodeBase64(parseScramClientFinal(octets, exchange)) }
}

testMessages('client-final', parse, readVectors('sasl').scram.clientFinal)

test('a proof comes out as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), fc.stringMatching(/^[!-+\--~]+$/), (proof, nonce) => {
      const octets = formatScramClientFinal({ nonce, proof })
      expect(parseScramClientFinal(octets, { gs2Header: 'n,,', nonce })).toEqual(proof)
    }),
  )
})

test('the header of a client that acts as somebody else is repeated', () => {
  const octets = formatScramClientFinal({ authzid: 'b,b', nonce: 'fyko3rfc', proof: Uint8Array.of(1) })
  expect(decodeText(octets)).toBe('c=bixhPWI9MkNiLA==,r=fyko3rfc,p=AQ==')
  expect(parseScramClientFinal(octets, { gs2Header: 'n,a=b=2Cb,', nonce: 'fyko3rfc' })).toEqual(Uint8Array.of(1))
})

test('a client that could bind to the channel repeats that it could', () => {
  const octets = encodeText('c=eSws,r=fyko3rfc,p=AQ==')
  expect(parseScramClientFinal(octets, { gs2Header: 'y,,', nonce: 'fyko3rfc' })).toEqual(Uint8Array.of(1))
  expect(() => parseScramClientFinal(octets, { gs2Header: 'n,,', nonce: 'fyko3rfc' })).toThrow(
    'expected the header of the first message',
  )
})

test.each(['', 'a,b', 'a b'])('the nonce %j cannot be sent', (nonce) => {
  expect(() => formatScramClientFinal({ nonce })).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
