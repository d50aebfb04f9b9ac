/** A line, and what ends it (RFC 1939 section 3). */

/** What ends a line: `strict` is CRLF alone, `lenient` is CRLF or a bare LF (M7: servers that speak bare LF). */
export type LineEndings = 'strict' | 'lenient'

/**
 * What a line is that is longer than allowed: `error`, an error; `truncate`, the beginning of it, so much as a lawful line could have
 * held; `split`, several lines, as C's `fgets` reads it into a buffer that is too small.
 */
export type LineOverflow = 'error' | 'truncate' | 'split'

/** One line as it came. */
export interface Line {
  /** The line without its ending. A view of the chunk it came in, or a copy when it came in several. */
  readonly octets: Uint8Array
  /** Octets from the start of the stream to the first octet of the line. */
  readonly offset: number
  /** What ended it; `none` where a line was split. */
  readonly ending: 'crlf' | 'lf' | 'none'
  /** Whether it was longer than the limit and has been cut, with `overflow: 'truncate'` or `'split'`. */
  readonly truncated: boolean
}
