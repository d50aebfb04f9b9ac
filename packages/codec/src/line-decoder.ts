/** Lines out of chunks (RFC 1939 section 3: a line ends with CRLF), with a limit on their length. */
import { Carry } from './carry.ts'
import { ChunkQueue } from './chunk-queue.ts'
import { Pop3LimitError } from './errors.ts'
import type { Line, LineEndings, LineOverflow } from './line.ts'
import { concatOctets, CR, LF, NUL } from './octets.ts'

/** How a {@link LineDecoder} reads. */
export interface LineDecoderOptions {
  /**
   * What ends a line.
   * @defaultValue `'strict'`
   */
  readonly lineEndings?: LineEndings | undefined
  /**
   * The longest line, in octets, its ending included.
   * @defaultValue `8192`
   */
  readonly maxOctets?: number | undefined
  /**
   * What a longer line is: `error` throws a {@link Pop3LimitError} once and goes on behind the line; `truncate` gives
   * the beginning of the line, so much as a lawful line could have held; `split` gives as much as is allowed as a line
   * without an ending, and what follows as another.
   * @defaultValue `'error'`
   */
  readonly overflow?: LineOverflow | undefined
}

/**
 * Decodes lines. Push chunks as they come, then pull with `next()` until it gives `undefined`; what is pulled next may
 * depend on what was pulled before. Memory is bounded by `maxOctets`, and by the chunks that were pushed and not pulled.
 * A chunk must not be changed after it was pushed.
 *
 * @example Decode lines, whatever the chunks are
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, encodeText, LineDecoder } from '@pop3kit/codec'
 *
 * const decoder = new LineDecoder()
 * decoder.push(encodeText('STAT\r\nLIS'))
 * const line = decoder.next()
 * assert.equal(line && decodeText(line.octets), 'STAT')
 * assert.equal(decoder.next(), undefined)
 * assert.equal(decodeText(decoder.pending), 'LIS')
 * ```
 */
export class LineDecoder {
  /** What ends a line. May be changed between two lines. */
  lineEndings: LineEndings
  /** The longest line in octets, its ending included. May be changed between two lines. */
  maxOctets: number
  /** What a longer line is. May be changed between two lines. */
  overflow: LineOverflow

  readonly #queue = new ChunkQueue()
  readonly #carry = new Carry()
  /** How many octets of the unfinished line have been read, those beyond the limit included. */
  #length = 0
  /** The last octet read of the unfinished line: a CRLF may be split over two chunks. */
  #last = NUL
  /** Whether the unfinished line has been refused as too long. */
  #refused = false

  /** @param options - line endings, limit, and what is done about a longer line */
  constructor({ lineEndings = 'strict', maxOctets = 8192, overflow = 'error' }: LineDecoderOptions = {}) {
    this.lineEndings = lineEndings
    this.maxOctets = maxOctets
    this.overflow = overflow
  }

  /** Octets from the start of the stream to the first octet that no line given so far holds. */
  get offset(): number {
    return this.#queue.offset - this.#length
  }

  /** What has come and has not been given as a line; of an unfinished line that is too long, its beginning. */
  get pending(): Uint8Array {
    return concatOctets([this.#carry.octets, ...this.#queue.peekAll()])
  }

  /** Adds the next octets of the stream, in a chunk of any size. */
  push(chunk: Uint8Array): void {
    this.#queue.push(chunk)
  }

  /**
   * Gives the next line, or `undefined` when more octets are needed.
   *
   * @throws {@link Pop3LimitError} once for each line that is too long, as soon as that is known; the following call
   * goes on behind that line. Only with `overflow: 'error'`.
   */
  next(): Line | undefined {
    for (let chunk = this.#queue.first; chunk !== undefined; chunk = this.#queue.first) {
      const from = this.#queue.position
      const end = this.#indexBehindLine(chunk, from)
      const limit = from + this.maxOctets - this.#length
      if (this.overflow === 'split' && (end === 0 ? chunk.length >= limit : end > limit)) {
        return this.#splitOff(this.#queue.read(limit - from))
      }
      if (end === 0) {
        this.#carryOn(this.#queue.read(chunk.length))
      } else {
        const line = this.#finish(this.#queue.read(end - from))
        if (line !== undefined) return line
      }
    }
    return undefined
  }

  /**
   * Leaves the lines for a moment: gives the next octets as they came, of one chunk, and keeps them.
   * For a reader that meets something between two lines that is not lines, as the body of a reply.
   */
  peek(): Uint8Array | undefined {
    return this.#queue.first?.subarray(this.#queue.position)
  }

  /** Passes over the first `count` octets of what `peek()` gave. */
  skip(count: number): void {
    this.#queue.read(count)
  }

  /**
   * Throws away everything that has come and has not been given, and says how many octets that was. Whatever was sent
   * in clear behind STLS must not be taken for something sent under TLS (R65).
   */
  discard(): number {
    const discarded = this.#length + this.#queue.length
    this.#queue.clear()
    this.#begin()
    return discarded
  }

  /** The index behind the LF that ends the line, or 0. */
  #indexBehindLine(chunk: Uint8Array, from: number): number {
    let lf = chunk.indexOf(LF, from)
    while (lf !== -1 && this.lineEndings === 'strict' && (lf > from ? chunk[lf - 1] : this.#last) !== CR) {
      lf = chunk.indexOf(LF, lf + 1)
    }
    return lf + 1
  }

  /** Takes octets that do not end the line. */
  #carryOn(octets: Uint8Array): void {
    this.#keep(octets)
    this.#length += octets.length
    this.#last = octets.at(-1) ?? this.#last
    if (this.#length < this.maxOctets || this.#refused || this.overflow !== 'error') return
    this.#refused = true
    throw this.#tooLong(this.offset)
  }

  /** Takes the octets that end the line. */
  #finish(octets: Uint8Array): Line | undefined {
    const length = this.#length + octets.length
    const offset = this.#queue.offset - length
    const ending = (octets.length > 1 ? octets.at(-2) : this.#last) === CR ? 'crlf' : 'lf'
    const whole = this.#length === 0 ? octets : this.#keep(octets).take()
    const refused = this.#refused
    this.#begin()
    if (refused) return undefined
    const truncated = length > this.maxOctets
    if (truncated && this.overflow === 'error') throw this.#tooLong(offset)
    const end = Math.min(length, this.maxOctets) - (ending === 'crlf' ? 2 : 1)
    return { octets: whole.subarray(0, end), offset, ending, truncated }
  }

  /** Takes octets that make a line as long as it may be, without its end. */
  #splitOff(octets: Uint8Array): Line {
    const offset = this.offset - octets.length
    const whole = this.#length === 0 ? octets : this.#keep(octets).take()
    this.#begin()
    return { octets: whole, offset, ending: 'none', truncated: true }
  }

  /** Copies octets of a line that lies in several chunks, as far as the limit. */
  #keep(octets: Uint8Array): Carry {
    this.#carry.append(octets.subarray(0, Math.max(0, this.maxOctets - this.#carry.length)))
    return this.#carry
  }

  /** Begins a line. */
  #begin(): void {
    this.#carry.take()
    this.#length = 0
    this.#last = NUL
    this.#refused = false
  }

  #tooLong(offset: number): Pop3LimitError {
    return new Pop3LimitError(
      `Cannot read the line at offset ${offset}: expected at most ${this.maxOctets} octets with its ending`,
      { offset: offset + this.maxOctets, limit: this.maxOctets },
    )
  }
}
