/** A line, and what ends it (RFC 1939 section 3). */

/** What ends a line: `strict` is CRLF alone, `lenient` is CRLF or a bare LF (M7: servers that speak bare LF). */
export type LineEndings = 'strict' | 'lenient'

/** One line as it came. */
export interface Line {
  /** The line without its ending. A view of the chunk it came in, or a copy when it came in several. */
  readonly octets: Uint8Array
  /** Octets from the start of the stream to the first octet of the line. */
  readonly offset: number
  /** What ended it. */
  readonly ending: 'crlf' | 'lf'
  /** Whether it was longer than the limit and has been cut; only with `overflow: 'truncate'`. */
  readonly truncated: boolean
}
