import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { md5 } from './md5.ts'
import { encodeText } from './octets.ts'
import { fc } from './testing/arbitraries.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

/** The test suite of RFC 1321, appendix A.5. */
test.each([
  ['', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['a', '0cc175b9c0f1b6a831c399e269772661'],
  ['abc', '900150983cd24fb0d6963f7d28e17f72'],
  ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
  ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'd174ab98d277d9f5a5611c2c9f419d9f'],
  [
    '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
    '57edf4a22be3c955ac49da2e2107b67a',
  ],
])('RFC 1321: the digest of %j is %s', (text, digest) => {
  expect(hex(md5(encodeText(text)))).toBe(digest)
})

test('any octets have the digest that node:crypto gives them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      expect(hex(md5(octets))).toBe(createHash('md5').update(octets).digest('hex'))
    }),
  )
})

test('every length around the end of a block is padded right', () => {
  for (let length = 0; length <= 130; length++) {
    const octets = new Uint8Array(length).fill(0xff)
    expect(hex(md5(octets))).toBe(createHash('md5').update(octets).digest('hex'))
  }
})
