import { expect, test } from 'vitest'
import { Pop3ProtocolError } from '../errors.ts'
import { decodeLatin1, encodeLatin1 } from '../octets.ts'
import { fc } from '../testing/arbitraries.ts'
import { readVectors, titleOf } from '../testing/vectors.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'

for (const vector of readVectors('sasl').base64) {
  const { text, octets, error } = vector
  if (octets !== undefined) {
    test(`${titleOf(vector)}: is base64`, () => {
      expect(encodeBase64(encodeLatin1(octets))).toBe(text)
      expect(decodeLatin1(decodeBase64(text))).toBe(octets)
    })
  } else {
    test(`${titleOf(vector)}: is refused, and the place is said`, () => {
      expect(() => decodeBase64(text, { offset: 100 })).toThrow(
        expect.objectContaining({ code: 'POP3_PROTOCOL', offset: 100 + (error?.offset ?? 0), excerpt: '***' }),
      )
    })
  }
}

test('R77: a character above U+00FF is refused', () => {
  expect(() => decodeBase64('Zm9\u0159')).toThrow(expect.objectContaining({ code: 'POP3_PROTOCOL', offset: 3 }))
})

test('any octets are encoded as Buffer encodes them, and decoded again', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300, size: 'max' }), (octets) => {
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
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 30, size: 'max' }),
      fc.nat(),
      character,
      (octets, place, character) => {
        const text = encodeBase64(octets)
        const at = place % text.length
        fc.pre(text.charAt(at) !== character)
        expect(decodeOrRefuse(text.slice(0, at) + character + text.slice(at + 1))).not.toEqual(octets)
      },
    ),
  )
})

test('R77: no two texts mean the same octets', () => {
  const near = fc.string({
    unit: fc.constantFrom('A', 'a', '0', '+', '/', '=', '-', ' ', '\r'),
    maxLength: 12,
    size: 'max',
  })
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
