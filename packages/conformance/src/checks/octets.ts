/** Octets held against octets. */

export function sameOctets(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && firstDifference(one, other) === -1
}

/** Where two messages first differ, or -1 when one begins with the other. */
export function firstDifference(one: Uint8Array, other: Uint8Array): number {
  return one.subarray(0, other.length).findIndex((octet, at) => octet !== other[at])
}
