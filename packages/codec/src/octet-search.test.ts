import { expect, test } from 'vitest'
import { portableSearchFor, searchFor } from './octet-search.ts'
import { decodeLatin1, encodeLatin1 } from './octets.ts'
import { anyOctets, fc } from './testing/arbitraries.ts'

test.each(['\n', '\r\n', '\r\n.', '..'])('the search for %j finds the same with and without Buffer', (sequence) => {
  const [native, portable] = [searchFor(sequence), portableSearchFor(encodeLatin1(sequence))]
  fc.assert(
    fc.property(anyOctets, fc.nat(60), (octets, from) => {
      const expected = decodeLatin1(octets.subarray(from)).indexOf(sequence)
      const index = expected === -1 ? -1 : expected + from
      expect([native(octets, from), portable(octets, from)]).toEqual([index, index])
    }),
  )
})
