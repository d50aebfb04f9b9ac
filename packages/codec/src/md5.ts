/** The MD5 message digest (RFC 1321): APOP is made of it, and WebCrypto does not have it. */

const BLOCK_OCTETS = 64
const LENGTH_OCTETS = 8

/** One of the four rounds of sixteen steps (RFC 1321 section 3.4). */
interface Round {
  /** F, G, H or I. */
  readonly mix: (b: number, c: number, d: number) => number
  /** The word of the block that a step adds, modulo 16. */
  readonly word: (step: number) => number
  /** How far the steps rotate, in turn. */
  readonly rotations: readonly number[]
}

const ROUNDS: readonly Round[] = [
  { mix: (b, c, d) => (b & c) | (~b & d), word: (step) => step, rotations: [7, 12, 17, 22] },
  { mix: (b, c, d) => (b & d) | (c & ~d), word: (step) => 5 * step + 1, rotations: [5, 9, 14, 20] },
  { mix: (b, c, d) => b ^ c ^ d, word: (step) => 3 * step + 5, rotations: [4, 11, 16, 23] },
  { mix: (b, c, d) => c ^ (b | ~d), word: (step) => 7 * step, rotations: [6, 10, 15, 21] },
]

/** The 64 steps; `sine` is T[i] of section 3.4, the integer part of 2^32 times abs(sin(i)), i counted from 1. */
const STEPS = /* @__PURE__ */ ROUNDS.flatMap(({ mix, word, rotations }, round) =>
  [0, 4, 8, 12].flatMap((first) =>
    rotations.map((rotation, index) => {
      const step = first + index
      const sine = Math.floor(2 ** 32 * Math.abs(Math.sin(16 * round + step + 1)))
      return { mix, rotation, sine, wordAt: 4 * (word(step) % 16) }
    }),
  ),
)

/** The MD5 digest of octets: 16 octets. */
export function md5(octets: Uint8Array): Uint8Array {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  const padded = pad(octets)
  for (let at = 0; at < padded.byteLength; at += BLOCK_OCTETS)
    mixBlock(state, new DataView(padded.buffer, at, BLOCK_OCTETS))
  const digest = new DataView(new ArrayBuffer(16))
  state.forEach((word, index) => digest.setUint32(index * 4, word, true))
  return new Uint8Array(digest.buffer)
}

/** Behind the octets come a one bit, zeros, and the number of bits, so that all is whole blocks (sections 3.1 and 3.2). */
function pad(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil((octets.length + 1 + LENGTH_OCTETS) / BLOCK_OCTETS)
  const padded = new Uint8Array(blocks * BLOCK_OCTETS)
  padded.set(octets)
  padded[octets.length] = 0x80
  new DataView(padded.buffer).setBigUint64(padded.length - LENGTH_OCTETS, BigInt(octets.length) * 8n, true)
  return padded
}

function mixBlock(state: Uint32Array, block: DataView): void {
  let [a = 0, b = 0, c = 0, d = 0] = state
  for (const { mix, rotation, sine, wordAt } of STEPS) {
    const sum = (a + mix(b, c, d) + sine + block.getUint32(wordAt, true)) | 0
    const rotated = (sum << rotation) | (sum >>> (32 - rotation))
    ;[a, b, c, d] = [d, (b + rotated) | 0, b, c]
  }
  state.set([a, b, c, d].map((word, index) => word + (state[index] ?? 0)))
}
