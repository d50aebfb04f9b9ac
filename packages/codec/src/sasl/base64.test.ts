import { expect, test } from 'vitest'
import { Pop3ProtocolError } from '../errors.ts'
import { decodeLatin1, encodeLatin1 } from '../octets.ts'
import { fc } from '../testing/arbitraries.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'

/** The test vectors of RFC 4648 section 10. */
test.each([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foob', 'Zm9vYg=='],
  ['fooba', 'Zm9vYmE='],
  ['foobar', 'Zm9vYmFy'],
  ['\0\x10\x83\xff\xfb\xff', 'ABCD//v/'],
])('RFC 4648: %j is %j', (text, base64) => {
  expect(encodeBase64(encodeLatin1(text))).toBe(base64)
  expect(decodeLatin1(decodeBase64(base64))).toBe(text)
})

test.each([
  ['a character outside of the alphabet', 'Zm9*YmFy', 3],
  ['the alphabet of URLs', 'Zm9v-_==', 4],
  ['a blank before', ' Zm9v', 0],
  ['a blank behind', 'Zm9v ', 4],
  ['a line break within', 'Zm9v\r\nYmFy', 4],
  ['a character above U+00FF', 'Zm9\u0159', 3],
  ['no padding', 'Zg', 2],
  ['half of the padding', 'Zg=', 2],
  ['too much padding', 'Zm8==', 3],
  ['padding behind a whole group', 'Zm9v=', 4],
  ['a group of padding', '====', 0],
  ['padding in the middle', 'Zg==Zg==', 2],
  ['a group of one digit', 'Z===', 1],
  ['bits left over behind one octet', 'Zh==', 1],
  ['bits left over behind two octets', 'Zm9=', 2],
])('R77: %s is refused, and the place is said', (_what, text, place) => {
  expect(() => decodeBase64(text, { offset: 100 })).toThrow(
    expect.objectContaining({ code: 'POP3_PROTOCOL', offset: 100 + place, excerpt: '***' }),
  )
})

test('any octets are encoded as Buffer encodes them, and decoded again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      const text = encodeBase64(octets)
      expect(text).toBe(Buffer.from(octets).toString('base64'))
      expect(decodeBase64(text)).toEqual(octets)
    }),
  )
})

/** Whatever is refused is refused as an error of the protocol, and the octets cannot be learned from it. */
function decodeOrRefuse(text: string): Uint8Array | undefined {
  try {
    return decodeBase64(text)
  } catch (error) {
    expect(error).toBeInstanceOf(Pop3ProtocolError)
    return undefined
  }
}

test('R77: with one character changed it is refused or means something else', () => {
  const character = fc.string({ minLength: 1, maxLength: 1, unit: 'binary' })
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 30 }), fc.nat(), character, (octets, place, character) => {
      const text = encodeBase64(octets)
      const at = place % text.length
      fc.pre(text.charAt(at) !== character)
      expect(decodeOrRefuse(text.slice(0, at) + character + text.slice(at + 1))).not.toEqual(octets)
    }),
  )
})

test('R77: no two texts mean the same octets', () => {
  const near = fc.string({ unit: fc.constantFrom('A', 'a', '0', '+', '/', '=', '-', ' ', '\r'), maxLength: 12 })
  fc.assert(
    fc.property(near, (text) => {
      const octets = decodeOrRefuse(text)
      if (octets !== undefined) expect(encodeBase64(octets)).toBe(text)
    }),
  )
})

test('R81: a long response is decoded at once', () => {
  const octets = new Uint8Array(48_000).fill(0xfb)
  expect(decodeBase64(encodeBase64(octets))).toEqual(octets)
})
