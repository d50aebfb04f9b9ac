/** fast-check with a fixed seed, so that a failure comes back, and octets and chunkings rich in what matters to a decoder. */
import * as fc from 'fast-check'
import { encodeLatin1 } from '../octets.ts'

fc.configureGlobal({ seed: 1939 })

export { fc }

const LINE_BREAKERS = encodeLatin1('\r\n.\0')

/** Octets of any kind, half of them CR, LF, dot or NUL. */
export const anyOctets: fc.Arbitrary<Uint8Array> = fc
  .array(fc.oneof(fc.constantFrom(...LINE_BREAKERS), fc.integer({ min: 0, max: 255 })), { maxLength: 60 })
  .map((octets) => Uint8Array.from(octets))

/** Text of any characters that can stand in one line. */
export const lineText: fc.Arbitrary<string> = fc
  .string({ unit: 'grapheme' })
  .map((text) => text.replaceAll(/[\r\n\0]/g, ''))

/** Places at which to cut octets. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(80), { maxLength: 12 })

/** Cuts octets at the given places, as far as they lie inside; a place given twice makes an empty chunk. */
export function cutAt(octets: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const borders = [0, ...places.filter((place) => place <= octets.length).toSorted((a, b) => a - b), octets.length]
  return borders.slice(1).map((border, index) => octets.subarray(borders[index], border))
}
