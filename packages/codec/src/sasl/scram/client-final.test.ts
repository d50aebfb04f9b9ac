import { expect, test } from 'vitest'
import { decodeText, encodeText } from '../../octets.ts'
import { fc } from '../../testing/arbitraries.ts'
import { formatScramClientFinal, parseScramClientFinal } from './client-final.ts'

const parse = (message: string): Uint8Array =>
  parseScramClientFinal(encodeText(message), { gs2Header: 'n,,', nonce: 'fyko3rfc' })

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

test('the header of a client that could bind to the channel is another', () => {
  expect(() => parse('c=eSws,r=fyko3rfc,p=AQ==')).toThrow('expected the header of the first message')
  expect(
    parseScramClientFinal(encodeText('c=eSws,r=fyko3rfc,p=AQ=='), { gs2Header: 'y,,', nonce: 'fyko3rfc' }),
  ).toEqual(Uint8Array.of(1))
})

test('an extension that may be ignored is', () => {
  expect(parse('c=biws,r=fyko3rfc,x=y,p=AQ==')).toEqual(Uint8Array.of(1))
})

test.each([
  ['nothing', ''],
  ['no proof', 'c=biws,r=fyko3rfc'],
  ['an empty proof', 'c=biws,r=fyko3rfc,p='],
  ['a proof that is not base64', 'c=biws,r=fyko3rfc,p=s3cr3t!'],
  ['something behind the proof', 'c=biws,r=fyko3rfc,p=AQ==,x=y'],
  ['the nonce of another exchange', 'c=biws,r=fyko3rfd,p=AQ=='],
  ['a part of the nonce', 'c=biws,r=fyko,p=AQ=='],
  ['no header', 'r=fyko3rfc,p=AQ=='],
  ['a header that is not base64', 'c=n\u002c\u002c,r=fyko3rfc,p=AQ=='],
  ['a mandatory extension', 'c=biws,r=fyko3rfc,m=x,p=AQ=='],
])('R78: a message with %s is refused, and not shown', (_what, message) => {
  expect(() => parse(message)).toThrow(
    expect.objectContaining({
      code: 'POP3_PROTOCOL',
      excerpt: '***',
      message: expect.not.stringMatching(/s3cr3t|fyko|AQ/),
    }),
  )
})

test.each(['', 'a,b', 'a b'])('the nonce %j cannot be sent', (nonce) => {
  expect(() => formatScramClientFinal({ nonce })).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
