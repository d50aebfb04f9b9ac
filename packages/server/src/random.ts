/** Everything random derives from one seed (mulberry32: small, fast, good enough to choose with). */

/** Numbers from 0 up to 1, the same ones for the same seed. */
export type Random = () => number

/** A generator for `seed`; `stream` gives independent ones, such as one a maildrop. */
export function seededRandom(seed: number, stream = ''): Random {
  let state = seed >>> 0
  for (const character of stream) state = (Math.imul(state ^ character.charCodeAt(0), 0x01000193) + 0x9e3779b9) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}
