/** The way back from dot-stuffing, and the lone dot that ends a body (RFC 1939 section 3; R9, R10). */
import type { DotStuffingOptions } from './dot-stuffing.ts'
import { Pop3ProtocolError } from './errors.ts'
import { excerptOf } from './excerpt.ts'
import type { LineEndings } from './line.ts'
import { indexOfLeadingDot, positionAfter, type LinePosition } from './line-position.ts'
import { concatOctets, CR, DOT, LF, NO_OCTETS } from './octets.ts'

/** A dot at the start of a line and the CR behind it: the only octets that ever have to be held back. */
const DOT_CR: Uint8Array = /* @__PURE__ */ Uint8Array.of(DOT, CR)

/** What {@link DotUnstuffer.read} found at the beginning of a chunk. */
export interface Unstuffed {
  /** The next octets of the body; a view, perhaps empty. */
  readonly octets: Uint8Array
  /** How many octets of the chunk have been read for them. */
  readonly used: number
}

/**
 * Unstuffs one body as it streams by, and finds its end. Nothing is copied; of all that has come, at most a dot and a
 * CR are held back.
 *
 * @example Unstuff a body, and keep what follows it
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, DotUnstuffer, encodeText } from '@pop3kit/codec'
 *
 * const unstuffer = new DotUnstuffer()
 * let body = ''
 * let chunk = encodeText('..one\r\n.\r\n+OK next reply\r\n')
 * while (chunk.length > 0 && !unstuffer.done) {
 *   const { octets, used } = unstuffer.read(chunk)
 *   body += decodeText(octets)
 *   chunk = chunk.subarray(used)
 * }
 * assert.equal(body, '.one\r\n')
 * assert.equal(decodeText(chunk), '+OK next reply\r\n')
 * ```
 */
export class DotUnstuffer {
  readonly #lineEndings: LineEndings
  #position: LinePosition = 'start'
  #held = 0
  #done = false

  /** @param options - what a line is */
  constructor({ lineEndings = 'strict' }: DotStuffingOptions = {}) {
    this.#lineEndings = lineEndings
  }

  /** Whether the terminator has been read. */
  get done(): boolean {
    return this.#done
  }

  /** What has been read and is held back, because it may be the beginning of the terminator. */
  get held(): Uint8Array {
    return DOT_CR.subarray(0, this.#held)
  }

  /**
   * Reads the beginning of a chunk. Call it again with the rest until the chunk is used up or the body is `done`;
   * a call may use no octet and give none, and still be a step.
   */
  read(chunk: Uint8Array): Unstuffed {
    if (this.#done || chunk.length === 0) return { octets: NO_OCTETS, used: 0 }
    if (this.#held > 0) return this.#readBehindDot(chunk)
    const dot = indexOfLeadingDot(chunk, 0, this.#position, this.#lineEndings)
    if (dot !== -1) {
      this.#held = 1
      return { octets: chunk.subarray(0, dot), used: dot + 1 }
    }
    this.#position = positionAfter(chunk, this.#position, this.#lineEndings)
    return { octets: chunk, used: chunk.length }
  }

  /** Whether a dot that begins a line ends the body is said by the one or two octets behind it. */
  #readBehindDot(chunk: Uint8Array): Unstuffed {
    const octet = chunk[0]
    if (octet === CR && this.#held === 1) {
      this.#held = 2
      return { octets: NO_OCTETS, used: 1 }
    }
    if (octet === LF && (this.#held === 2 || this.#lineEndings === 'lenient')) {
      this.#held = 0
      this.#done = true
      return { octets: NO_OCTETS, used: 1 }
    }
    // R9: other octets follow, so the dot is dropped. A CR that was held behind it belongs to the line.
    const octets = this.#held === 2 ? Uint8Array.of(CR) : NO_OCTETS
    this.#position = 'inside'
    this.#held = 0
    return { octets, used: 0 }
  }
}

/**
 * Unstuffs a whole body that stands without its terminator: what {@link stuff} gives.
 *
 * @throws {@link Pop3ProtocolError} when a line is a lone dot, which no stuffed body holds.
 *
 * @example Undo the stuffing
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, encodeText, unstuff } from '@pop3kit/codec'
 *
 * assert.equal(decodeText(unstuff(encodeText('..\r\nend\r\n'))), '.\r\nend\r\n')
 * ```
 */
export function unstuff(octets: Uint8Array, options?: DotStuffingOptions): Uint8Array {
  const unstuffer = new DotUnstuffer(options)
  const pieces: Uint8Array[] = []
  let offset = 0
  while (offset < octets.length && !unstuffer.done) {
    const { octets: piece, used } = unstuffer.read(octets.subarray(offset))
    pieces.push(piece)
    offset += used
  }
  if (unstuffer.done || unstuffer.held.length > 0) throw loneDot(octets, offset)
  return concatOctets(pieces)
}

function loneDot(octets: Uint8Array, end: number): Pop3ProtocolError {
  const offset = octets.lastIndexOf(DOT, end - 1)
  return new Pop3ProtocolError(`Cannot unstuff the lone dot at offset ${offset}: expected a second dot`, {
    offset,
    excerpt: excerptOf(octets.subarray(offset, end)),
  })
}
