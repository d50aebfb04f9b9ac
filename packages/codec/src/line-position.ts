/** Where in a line a stream of chunks stands: what must be remembered at a chunk border to find the dots that begin a line. */
import type { LineEndings } from './line.ts'
import { searchFor, type OctetSearch } from './octet-search.ts'
import { CR, DOT, LF } from './octets.ts'

/** At the start of a line, behind a CR inside a line, or anywhere else in a line. */
export type LinePosition = 'start' | 'cr' | 'inside'

/** The position behind a chunk that was met at the position `before`. */
export function positionAfter(chunk: Uint8Array, before: LinePosition, lineEndings: LineEndings): LinePosition {
  const last = chunk.at(-1)
  if (last === undefined) return before
  if (last === CR) return 'cr'
  if (last !== LF) return 'inside'
  const afterCr = chunk.length > 1 ? chunk.at(-2) === CR : before === 'cr'
  return afterCr || lineEndings === 'lenient' ? 'start' : 'inside'
}

const INDEX_OF_LINE_WITH_DOT: Readonly<Record<LineEndings, OctetSearch>> = {
  strict: /* @__PURE__ */ searchFor('\r\n.'),
  lenient: /* @__PURE__ */ searchFor('\n.'),
}

/**
 * The index of the next dot that begins a line, or -1. `before` is the position at which the chunk was met; `from` is 0,
 * or behind a dot that was found.
 */
export function indexOfLeadingDot(
  chunk: Uint8Array,
  from: number,
  before: LinePosition,
  lineEndings: LineEndings,
): number {
  if (from === 0 && before === 'start' && chunk[0] === DOT) return 0
  if (from === 0 && before === 'cr' && chunk[0] === LF && chunk[1] === DOT) return 1
  const ending = INDEX_OF_LINE_WITH_DOT[lineEndings](chunk, from)
  return ending === -1 ? -1 : chunk.indexOf(DOT, ending)
}
