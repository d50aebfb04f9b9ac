/** The ways in which a stream may be cut into chunks: each decoder case runs in all of them. */

/** A way to cut octets, and why it is worth trying. */
export interface Chunking {
  readonly name: string
  readonly cut: (octets: Uint8Array) => readonly Uint8Array[]
}

const LF = 0x0a
const CR = 0x0d
const DOT = 0x2e

/** What a network does to a stream, and what broke real clients. */
export const HOSTILE_CHUNKINGS: readonly Chunking[] = [
  // The tidy case that makes a wrong decoder look right.
  { name: 'whole', cut: (octets) => [octets] },
  // R10, M1: whoever looks at the tail of a chunk fails here.
  { name: 'octet by octet', cut: (octets) => cutEvery(octets, 1) },
  // CRLF and the terminator fall on both sides of a border in turn.
  { name: 'two octets at a time', cut: (octets) => cutEvery(octets, 2) },
  { name: 'three octets at a time', cut: (octets) => cutEvery(octets, 3) },
  // M2: a server that flushes each line and then its CRLF.
  { name: 'the CRLF apart', cut: (octets) => cutAfter(octets, (octet, next) => octet === LF || next === CR) },
  // The half of a CRLF waits for the other half.
  { name: 'between CR and LF', cut: (octets) => cutAfter(octets, (octet) => octet === CR) },
  // A chunk that ends with a whole line says nothing about what follows.
  { name: 'behind each LF', cut: (octets) => cutAfter(octets, (octet) => octet === LF) },
  // A chunk that is a dot alone was taken for a terminator by two npm clients (EVIDENCE.md, section N).
  { name: 'each dot alone', cut: (octets) => cutAfter(octets, (octet, next) => octet === DOT || next === DOT) },
  // A socket may give a chunk without octets, and a decoder may be asked again before more has come.
  {
    name: 'with empty chunks between',
    cut: (octets) => cutEvery(octets, 4).flatMap((chunk) => [chunk, chunk.subarray(0, 0)]),
  },
]

/** Every way to cut octets in two: one chunking for each place between two of them. */
export function everySplit(octets: Uint8Array): readonly Chunking[] {
  return Array.from({ length: Math.max(0, octets.length - 1) }, (_, index) => ({
    name: `split before octet ${index + 1}`,
    cut: (whole) => [whole.subarray(0, index + 1), whole.subarray(index + 1)],
  }))
}

/** Runs a check for each of the hostile chunkings and each single split of the octets; says which one failed. */
export function forEveryChunking(octets: Uint8Array, check: (chunks: readonly Uint8Array[]) => void): void {
  for (const { name, cut } of [...HOSTILE_CHUNKINGS, ...everySplit(octets)]) {
    try {
      check(cut(octets))
    } catch (error) {
      throw new Error(`Failed when cut: ${name}`, { cause: error })
    }
  }
}

function cutEvery(octets: Uint8Array, count: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(octets.length / count) }, (_, index) =>
    octets.subarray(index * count, (index + 1) * count),
  )
}

function cutAfter(
  octets: Uint8Array,
  isBorder: (octet: number, next: number | undefined) => boolean,
): readonly Uint8Array[] {
  const chunks: Uint8Array[] = []
  let from = 0
  octets.forEach((octet, index) => {
    if (!isBorder(octet, octets[index + 1])) return
    chunks.push(octets.subarray(from, index + 1))
    from = index + 1
  })
  return [...chunks, octets.subarray(from)]
}
