/** Octets that others must not read, each replaced by one that says nothing: sizes, lines and dots stay. */

const [TAB, LF, CR, SP, QUOTE, DOT, COLON, AT] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2e, 0x3a, 0x40]
const MASK = 0x78

const kept: ReadonlySet<number> = new Set([TAB, LF, CR, SP, DOT])

/** What stands around an address: no part of it (RFC 5322 section 3.2.3). */
const around: ReadonlySet<number> = new Set(Array.from('()<>[]:;@\\," \t\r\n', (character) => character.charCodeAt(0)))

/** Masks the octets from one index up to another, in place. */
export function mask(octets: Uint8Array, from = 0, to: number = octets.length): void {
  for (let at = Math.max(0, from); at < to; at += 1) {
    if (!kept.has(octets[at] ?? SP)) octets[at] = MASK
  }
}

/** Masks what stands behind the name of a header field, in place; all of it where there is no name. */
export function maskField(octets: Uint8Array): void {
  const colon = octets.indexOf(COLON)
  const isName = colon > 0 && octets.subarray(0, colon).every((octet) => octet > SP && octet < 0x7f)
  mask(octets, isName ? colon + 1 : 0)
}

/** Masks mail addresses, and what looks like one, in place; the @ stays. */
export function maskAddresses(octets: Uint8Array): void {
  for (let at = octets.indexOf(AT); at !== -1; at = octets.indexOf(AT, at + 1)) {
    let [from, to] = [at, at + 1]
    if (octets[at - 1] === QUOTE) from = Math.max(0, octets.lastIndexOf(QUOTE, at - 2))
    else while (from > 0 && !around.has(octets[from - 1] ?? SP)) from -= 1
    while (to < octets.length && !around.has(octets[to] ?? SP)) to += 1
    if (from === at || to === at + 1) continue
    mask(octets, from, at)
    mask(octets, at + 1, to)
  }
}
