/** Replies out of chunks: the client's side (RFC 1939 section 3; R5 to R10). */
import { DotUnstuffer } from './dot-unstuffing.ts'
import { Pop3ProtocolError } from './errors.ts'
import { excerptOf } from './excerpt.ts'
import type { Line, LineEndings } from './line.ts'
import { LineDecoder } from './line-decoder.ts'
import { concatOctets, CR, DOT, NO_OCTETS } from './octets.ts'
import { parseReplyStatus, type ReplyStatus } from './reply.ts'

/** A part of the body of a multi-line reply, or its end. */
export type BodyPart = { readonly type: 'octets'; readonly octets: Uint8Array } | { readonly type: 'end' }

/** A line of the body of a multi-line reply, or its end. */
export type BodyLine = { readonly type: 'line'; readonly line: Line } | { readonly type: 'end' }

/** How a {@link ReplyDecoder} reads. */
export interface ReplyDecoderOptions {
  /**
   * What ends a line. `strict`: CRLF; a bare CR or LF in a status line is an error and in a body it is data.
   * `lenient`: CRLF or a bare LF. `adaptive`: a status line may end either way, and its body is read the way it ended, so
   * that a server of bare LF is understood (M7) and a lawful body that holds LF, dot, LF is not cut short.
   * @defaultValue `'strict'`
   */
  readonly lineEndings?: LineEndings | 'adaptive' | undefined
  /**
   * The longest line, in octets with its ending, that is given as a whole: a status line, or a line of `line()`.
   * The body that `body()` gives has no limit, nor has any line in it.
   * @defaultValue `8192`
   */
  readonly maxLineOctets?: number | undefined
  /**
   * The longest line, in octets with its ending, that `challenge()` gives: the limits of other lines are not for those of a SASL exchange
   * (R81).
   * @defaultValue `65536`
   */
  readonly maxChallengeOctets?: number | undefined
}

const END = { type: 'end' } as const

/**
 * Decodes what a server sends. Push chunks as they come, then pull what is due: `status()`, and behind it `body()` or
 * `line()` until the end if the reply is a multi-line one, which only the reader knows; `challenge()` in a SASL exchange. All of them
 * give `undefined` when more octets are needed.
 *
 * @example Read a message
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, encodeText, ReplyDecoder } from '@pop3kit/codec'
 *
 * const decoder = new ReplyDecoder()
 * decoder.push(encodeText('+OK 7 octets\r\n..one\r\n.\r\n'))
 * assert.equal(decoder.status()?.text, '7 octets')
 * let message = ''
 * for (let part = decoder.body(); part?.type === 'octets'; part = decoder.body()) message += decodeText(part.octets)
 * assert.equal(message, '.one\r\n')
 * ```
 *
 * @example Read a listing, line by line
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, encodeText, parseScanListing, ReplyDecoder } from '@pop3kit/codec'
 *
 * const decoder = new ReplyDecoder()
 * decoder.push(encodeText('+OK\r\n1 120\r\n2 200\r\n.\r\n'))
 * assert.equal(decoder.status()?.ok, true)
 * const sizes: number[] = []
 * for (let row = decoder.line(); row?.type === 'line'; row = decoder.line()) {
 *   sizes.push(parseScanListing(decodeText(row.line.octets)).octets)
 * }
 * assert.deepEqual(sizes, [120, 200])
 * ```
 *
 * @example Read a SASL exchange
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeChallenge, encodeText, ReplyDecoder } from '@pop3kit/codec'
 *
 * const decoder = new ReplyDecoder()
 * decoder.push(encodeText('+ PDE4OTZAaG9zdD4=\r\n+OK Welcome\r\n'))
 * const challenge = decoder.challenge()
 * assert.deepEqual(challenge && decodeChallenge(challenge), encodeText('<1896@host>'))
 * assert.equal(decoder.challenge()?.ok, true)
 * ```
 */
export class ReplyDecoder {
  readonly #lineEndings: LineEndings | 'adaptive'
  readonly #lines: LineDecoder
  readonly #maxLineOctets: number
  readonly #maxChallengeOctets: number
  #bodyLineEndings: LineEndings
  #body: DotUnstuffer | undefined

  /** @param options - line endings and limits */
  constructor({ lineEndings = 'strict', maxLineOctets = 8192, maxChallengeOctets = 65_536 }: ReplyDecoderOptions = {}) {
    this.#lineEndings = lineEndings
    this.#lines = new LineDecoder()
    this.#maxLineOctets = maxLineOctets
    this.#maxChallengeOctets = maxChallengeOctets
    this.#bodyLineEndings = lineEndings === 'lenient' ? 'lenient' : 'strict'
  }

  /** Octets from the start of the stream to the first octet that has not been given. */
  get offset(): number {
    return this.#lines.offset - this.#held.length
  }

  /** What has come and has not been given. */
  get pending(): Uint8Array {
    return concatOctets([this.#held, this.#lines.pending])
  }

  /** Adds the next octets of the stream, in a chunk of any size. */
  push(chunk: Uint8Array): void {
    this.#lines.push(chunk)
  }

  /**
   * Gives the next status line, or `undefined` when more octets are needed.
   *
   * @throws {@link Pop3ProtocolError} when the line is none, and with strict line endings as soon as a bare CR or LF has
   * come in it. {@link Pop3LimitError} as soon as it is known to be too long.
   */
  status(): ReplyStatus | undefined {
    return this.#status(this.#maxLineOctets)
  }

  /**
   * Gives the next line of a SASL exchange: a challenge, whose status is `+`, or the reply that ends the exchange; `undefined` when
   * more octets are needed. It is `status()` with a limit of its own.
   *
   * @throws {@link Pop3ProtocolError} and {@link Pop3LimitError} as `status()` does.
   */
  challenge(): ReplyStatus | undefined {
    return this.#status(this.#maxChallengeOctets)
  }

  /**
   * Gives the next octets of the body, unstuffed and with the line endings they came with; its end; or `undefined` when
   * more octets are needed.
   */
  body(): BodyPart | undefined {
    this.#body ??= new DotUnstuffer({ lineEndings: this.#bodyLineEndings })
    for (let chunk = this.#lines.peek(); chunk !== undefined; chunk = this.#lines.peek()) {
      const { octets, used } = this.#body.read(chunk)
      this.#lines.skip(used)
      if (octets.length > 0) return { type: 'octets', octets }
      if (this.#body.done) {
        this.#body = undefined
        return END
      }
    }
    return undefined
  }

  /**
   * Gives the next line of the body, unstuffed; its end; or `undefined` when more octets are needed. For listings, whose
   * lines are read as a whole.
   *
   * @throws {@link Pop3LimitError} once for each line that is too long; the following call goes on behind that line.
   */
  line(): BodyLine | undefined {
    this.#lines.lineEndings = this.#bodyLineEndings
    this.#lines.maxOctets = this.#maxLineOctets
    const line = this.#lines.next()
    if (line === undefined) return undefined
    if (line.octets[0] !== DOT) return { type: 'line', line }
    return line.octets.length === 1 ? END : { type: 'line', line: { ...line, octets: line.octets.subarray(1) } }
  }

  /** Throws away everything that has come and has not been given, and says how many octets that was (STLS, R65). */
  discard(): number {
    const held = this.#held.length
    this.#body = undefined
    return held + this.#lines.discard()
  }

  #status(maxOctets: number): ReplyStatus | undefined {
    // Also when only CRLF is lawful: a bare LF is to be refused, not waited behind.
    this.#lines.lineEndings = 'lenient'
    this.#lines.maxOctets = maxOctets
    const line = this.#lines.next()
    if (this.#lineEndings === 'strict') this.#refuseBareEnding(line)
    if (line === undefined) return undefined
    if (this.#lineEndings === 'adaptive') this.#bodyLineEndings = line.ending === 'lf' ? 'lenient' : 'strict'
    return parseReplyStatus(line.octets, line.offset)
  }

  get #held(): Uint8Array {
    return this.#body?.held ?? NO_OCTETS
  }

  /** The last octet of an unfinished line says nothing yet: a CR may be half of a CRLF. */
  #refuseBareEnding(line: Line | undefined): void {
    const { octets, offset, ending } = line ?? {
      octets: this.#lines.pending.subarray(0, -1),
      offset: this.#lines.offset,
      ending: undefined,
    }
    const cr = octets.indexOf(CR)
    if (cr === -1 && ending !== 'lf') return
    const bare = offset + (cr === -1 ? octets.length : cr)
    const excerpt = excerptOf(octets.subarray(0, bare - offset))
    throw new Pop3ProtocolError(
      `Cannot read the reply "${excerpt}": found a bare ${cr === -1 ? 'LF' : 'CR'} at offset ${bare}, expected CRLF`,
      { offset: bare, excerpt },
    )
  }
}
