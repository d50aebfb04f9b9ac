/** What RETR and TOP show of a message: itself, or another one that holds it. */
import { canonical, encodeText } from '@pop3kit/codec'
import type { Wrapping } from './policies.ts'

/** A message as a client gets it. */
export interface Content {
  /** What RETR says of its size. */
  readonly octets: number
  /** Its octets, with CRLF line ends. */
  readonly pieces: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** A message in another one. */
export function wrapped({ octets, pieces }: Content, { before, after, octets: added }: ReturnType<Wrapping>): Content {
  return {
    octets: octets + added,
    pieces: async function* () {
      yield canonical(encodeText(before))
      yield* pieces()
      yield canonical(encodeText(after))
    },
  }
}
