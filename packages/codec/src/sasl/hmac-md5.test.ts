import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { encodeText } from '../octets.ts'
import { fc } from '../testing/arbitraries.ts'
import { hmacMd5 } from './hmac-md5.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

/** The test vectors of RFC 2104, in its appendix. */
test.each([
  [new Uint8Array(16).fill(0x0b), encodeText('Hi There'), '9294727a3638bb1c13f48ef8158bfc9d'],
  [encodeText('Jefe'), encodeText('what do ya want for nothing?'), '750c783e6ab0b503eaa86e310a5db738'],
  [new Uint8Array(16).fill(0xaa), new Uint8Array(50).fill(0xdd), '56be34521d144c88dbb8c733f0e8b3f6'],
])('RFC 2104: vector %#', (key, octets, digest) => {
  expect(hex(hmacMd5(key, octets))).toBe(digest)
})

test('any key, longer than a block too, gives the digest that node:crypto gives', () => {
  const octets = fc.uint8Array({ maxLength: 150, size: 'max' })
  fc.assert(
    fc.property(octets, octets, (key, octets) => {
      expect(hex(hmacMd5(key, octets))).toBe(createHmac('md5', key).update(octets).digest('hex'))
    }),
  )
})

test('a key of a whole block, and of an octet less or more, is taken right', () => {
  for (const length of [63, 64, 65]) {
    const key = new Uint8Array(length).fill(0xaa)
    expect(hex(hmacMd5(key, key))).toBe(createHmac('md5', key).update(key).digest('hex'))
  }
})
