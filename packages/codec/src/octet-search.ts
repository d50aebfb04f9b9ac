/** Searching for a sequence of octets, with `Buffer` where there is one: a browser has none and needs none. */
import { encodeLatin1, NUL } from './octets.ts'

/** A search for one fixed sequence: the index of its first octet at or after `from`, or -1. */
export type OctetSearch = (octets: Uint8Array, from?: number) => number

/**
 * Makes a search for a fixed sequence of octets, given as Latin-1 text. `Buffer` passes over what does not match many
 * times faster than `Uint8Array` does; its calls cost more, so that this is for what is rare.
 */
export function searchFor(sequence: string): OctetSearch {
  const { Buffer } = globalThis as { Buffer?: typeof globalThis.Buffer }
  if (Buffer === undefined) return portableSearchFor(encodeLatin1(sequence))
  const needle = Buffer.from(sequence, 'latin1')
  const { indexOf } = Buffer.prototype
  return (octets, from = 0) => indexOf.call(octets, needle, from)
}

/** The same search with nothing but `Uint8Array`. */
export function portableSearchFor(needle: Uint8Array): OctetSearch {
  const first = needle[0] ?? NUL
  return (octets, from = 0) => {
    let at = octets.indexOf(first, from)
    while (at !== -1 && !needle.every((octet, index) => octets[at + index] === octet))
      at = octets.indexOf(first, at + 1)
    return at
  }
}
