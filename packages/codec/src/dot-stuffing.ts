/** Dot-stuffing: a line of a body that begins with a dot gets one more, so that a lone dot can end it (RFC 1939 section 3). */
import type { LineEndings } from './line.ts'
import { indexOfLeadingDot, positionAfter, type LinePosition } from './line-position.ts'
import { concatOctets, CRLF, encodeLatin1 } from './octets.ts'
import { transformed, type OctetSource } from './octet-transform.ts'

/** What ends the body of a reply: a line that is a dot and nothing else (R7). Write it behind the stuffed lines. */
export const TERMINATOR: Uint8Array = /* @__PURE__ */ encodeLatin1('.\r\n')

/** What a line is to a {@link DotStuffer} or a {@link DotUnstuffer}. */
export interface DotStuffingOptions {
  /**
   * What ends a line of the body. `lenient` is for a body whose lines end with a bare LF, read by one who takes that (M7).
   * @defaultValue `'strict'`
   */
  readonly lineEndings?: LineEndings | undefined
}

/**
 * Stuffs a body as it streams by. The pieces are views of the chunks: nothing is copied, and a chunk in which no line
 * begins with a dot comes back as it is.
 *
 * @example Stuff a body that comes in two chunks
 * ```ts
 * import assert from 'node:assert/strict'
 * import { concatOctets, decodeText, DotStuffer, encodeText } from '@pop3kit/codec'
 *
 * const stuffer = new DotStuffer()
 * const pieces = [...stuffer.push(encodeText('one\r\n')), ...stuffer.push(encodeText('.two')), ...stuffer.end()]
 * assert.equal(decodeText(concatOctets(pieces)), 'one\r\n..two\r\n')
 * ```
 */
export class DotStuffer {
  readonly #lineEndings: LineEndings
  #position: LinePosition = 'start'

  /** @param options - what a line is */
  constructor({ lineEndings = 'strict' }: DotStuffingOptions = {}) {
    this.#lineEndings = lineEndings
  }

  /** Stuffs the next octets of the body. */
  push(chunk: Uint8Array): Uint8Array[] {
    const pieces: Uint8Array[] = []
    let from = 0
    let dot = this.#indexOfDot(chunk, 0)
    while (dot !== -1) {
      // This piece ends with the dot and the next one begins with it: the dot goes out twice.
      pieces.push(chunk.subarray(from, dot + 1))
      from = dot
      dot = this.#indexOfDot(chunk, dot + 1)
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from))
    this.#position = positionAfter(chunk, this.#position, this.#lineEndings)
    return pieces
  }

  /** Ends the body: gives the CRLF that the last line lacks, if it does. The terminator is not part of it. */
  end(): Uint8Array[] {
    const pieces = this.#position === 'start' ? [] : [CRLF.slice()]
    this.#position = 'start'
    return pieces
  }

  #indexOfDot(chunk: Uint8Array, from: number): number {
    return indexOfLeadingDot(chunk, from, this.#position, this.#lineEndings)
  }
}

/**
 * Stuffs a whole body. The last line is ended with CRLF when it is not; the terminator is not added.
 *
 * @example Make a body ready for the wire
 * ```ts
 * import assert from 'node:assert/strict'
 * import { concatOctets, decodeText, encodeText, stuff, TERMINATOR } from '@pop3kit/codec'
 *
 * const body = concatOctets([stuff(encodeText('.\r\nend')), TERMINATOR])
 * assert.equal(decodeText(body), '..\r\nend\r\n.\r\n')
 * ```
 */
export function stuff(octets: Uint8Array, options?: DotStuffingOptions): Uint8Array {
  const stuffer = new DotStuffer(options)
  return concatOctets([...stuffer.push(octets), ...stuffer.end()])
}

/**
 * Stuffs a body from any source of chunks, as fast as it is taken. The terminator is not added.
 *
 * @example Stuff a stream
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, encodeText, stuffed } from '@pop3kit/codec'
 *
 * let wire = ''
 * for await (const piece of stuffed([encodeText('one\r\n.t'), encodeText('wo')])) wire += decodeText(piece)
 * assert.equal(wire, 'one\r\n..two\r\n')
 * ```
 */
export function stuffed(source: OctetSource, options?: DotStuffingOptions): AsyncGenerator<Uint8Array, void> {
  return transformed(source, new DotStuffer(options))
}
