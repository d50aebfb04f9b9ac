import { expect, test } from 'vitest'
import { concatOctets, decodeLatin1, decodeText, encodeLatin1, encodeText, upperCaseAscii } from './octets.ts'
import { anyOctets, fc } from './testing/arbitraries.ts'

test('concatOctets() gives a single piece back without a copy', () => {
  const piece = encodeText('one')
  expect(concatOctets([new Uint8Array(0), piece])).toBe(piece)
})

test('concatOctets() of nothing is empty', () => {
  expect(concatOctets([])).toHaveLength(0)
})

test('M14: text that is not UTF-8 is taken as Latin-1, octet by octet', () => {
  expect(decodeText(Uint8Array.of(0x61, 0x00, 0xe9, 0x80))).toBe('a\0é\u0080')
})

test('decodeText() keeps a byte order mark, so that a line is what it was', () => {
  expect(encodeText(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)))).toHaveLength(4)
})

test('text survives encoding and decoding', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeText(encodeText(text))).toBe(text)
    }),
  )
})

test('any octets survive Latin-1', () => {
  fc.assert(
    fc.property(anyOctets, (octets) => {
      expect(encodeLatin1(decodeLatin1(octets))).toEqual(octets)
    }),
  )
})

test('decodeLatin1() takes more octets than a function takes arguments', () => {
  expect(decodeLatin1(new Uint8Array(1_000_000).fill(0x61))).toHaveLength(1_000_000)
})

test('encodeLatin1() refuses what is not Latin-1 and says where', () => {
  expect(() => encodeLatin1('a€')).toThrow(
    expect.objectContaining({ code: 'POP3_ARGUMENT', message: expect.stringContaining('at index 1') }),
  )
})

test('upperCaseAscii() leaves letters that only become ASCII in upper case alone', () => {
  expect(upperCaseAscii('stat ſtat ß')).toBe('STAT ſTAT ß')
})
