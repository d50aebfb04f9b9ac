import { expect, test } from 'vitest'
import { parseCapability } from './capability.ts'
import { formatDropListing, parseDropListing } from './drop-listing.ts'
import type { ListingOptions } from './listing-line.ts'
import { encodeText } from './octets.ts'
import { formatScanListing, parseScanListing } from './scan-listing.ts'
import { fc } from './testing/arbitraries.ts'
import { readVectors, titleOf, type ListingVector } from './testing/vectors.ts'
import { formatUniqueIdListing, parseUniqueIdListing } from './unique-id-listing.ts'

const { dropListings, scanListings, uniqueIdListings, capabilities } = readVectors('listings')

function testVectors<Listing>(
  what: string,
  parse: (line: string, options: ListingOptions) => Listing,
  vectors: readonly ListingVector<Listing>[],
): void {
  for (const vector of vectors) {
    for (const reader of ['strict', 'lenient'] as const) {
      const expected = vector[reader]
      test(`${what}, ${reader}: ${titleOf(vector)} is ${expected === null ? 'refused' : 'read'}`, () => {
        const read = () => parse(vector.line, { lenient: reader === 'lenient', offset: 21 })
        if (expected !== null) expect(read()).toEqual(expected)
        else expect(read).toThrow(expect.objectContaining({ code: 'POP3_PROTOCOL', offset: 21 }))
      })
    }
  }
}

testVectors('STAT', parseDropListing, dropListings)
testVectors('LIST', parseScanListing, scanListings)
testVectors('UIDL', parseUniqueIdListing, uniqueIdListings)
testVectors('CAPA', parseCapability, capabilities)

test('M24: a wrong line is shown, and what was expected of it', () => {
  expect(() => parseScanListing('1 %!d(float64=5461)', { offset: 12 })).toThrow(
    expect.objectContaining({
      message:
        'Cannot read the scan listing "1 %!d(float64=5461)" at offset 12: expected a message-number and a size in octets',
      excerpt: '1 %!d(float64=5461)',
    }),
  )
})

const number = fc.integer({ min: 1 })
const octets = fc.maxSafeNat()

test('a drop listing that is formatted and parsed is what it was', () => {
  fc.assert(
    fc.property(fc.record({ messages: fc.nat(), octets }), (listing) => {
      expect(parseDropListing(formatDropListing(listing))).toEqual(listing)
    }),
  )
})

test('a scan listing that is formatted and parsed is what it was', () => {
  fc.assert(
    fc.property(fc.record({ number, octets }), (listing) => {
      expect(parseScanListing(formatScanListing(listing))).toEqual(listing)
    }),
  )
})

test('R36: a unique-id listing that is formatted and parsed is what it was', () => {
  fc.assert(
    fc.property(fc.record({ number, uniqueId: fc.stringMatching(/^[!-~]{1,70}$/) }), (listing) => {
      expect(parseUniqueIdListing(formatUniqueIdListing(listing))).toEqual(listing)
    }),
  )
})

test('M15, M32: a unique-id that breaks the rules can be formatted, for those who play such a server', () => {
  const listing = { number: 1, uniqueId: `${'x'.repeat(100)} ${'y'.repeat(100)}` }
  expect(parseUniqueIdListing(formatUniqueIdListing(listing), { lenient: true })).toEqual(listing)
})

test.each(['a\r\n2 b', 'a\n', '\0'])('a unique-id of %j is refused', (uniqueId) => {
  expect(() => formatUniqueIdListing({ number: 1, uniqueId })).toThrow(
    expect.objectContaining({ code: 'POP3_ARGUMENT' }),
  )
})

test('no line makes a parser throw anything but its own error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (line, lenient) => {
      for (const parse of [parseDropListing, parseScanListing, parseUniqueIdListing, parseCapability]) {
        try {
          parse(line, { lenient })
        } catch (error) {
          expect(error).toMatchObject({ code: 'POP3_PROTOCOL' })
          expect(encodeText(String((error as { excerpt?: unknown }).excerpt)).length).toBeLessThan(70)
        }
      }
    }),
  )
})
