/** Commands out of chunks: the server's side (RFC 1939 section 3, RFC 2449 section 4). */
import { parseCommand, type Command, type CommandOptions } from './command.ts'
import type { Line, LineOverflow } from './line.ts'
import { LineDecoder, type LineDecoderOptions } from './line-decoder.ts'

/** How a {@link CommandDecoder} reads. */
export interface CommandDecoderOptions extends CommandOptions, Pick<LineDecoderOptions, 'lineEndings' | 'overflow'> {
  /**
   * The longest command line in octets, its ending included (R41).
   * @defaultValue `255`
   */
  readonly maxOctets?: number | undefined
  /**
   * The longest line in octets that `nextLine()` gives: a response in a SASL exchange does not obey the limit of a
   * command (R81).
   * @defaultValue `65536`
   */
  readonly maxResponseOctets?: number | undefined
}

/**
 * Decodes what a client sends. Push chunks as they come, then pull: `next()` when a command is due, `nextLine()` when a
 * line is due that is no command. Both give `undefined` when more octets are needed.
 *
 * @example Read a command, then a SASL response
 * ```ts
 * import assert from 'node:assert/strict'
 * import { CommandDecoder, decodeText, encodeText } from '@pop3kit/codec'
 *
 * const decoder = new CommandDecoder()
 * decoder.push(encodeText('auth PLAIN\r\nAHRpbQB0YW5zdGFhZg==\r\n'))
 * assert.equal(decoder.next()?.verb, 'AUTH')
 * const response = decoder.nextLine()
 * assert.equal(response && decodeText(response.octets), 'AHRpbQB0YW5zdGFhZg==')
 * assert.equal(decoder.next(), undefined)
 * ```
 */
export class CommandDecoder {
  /** The longest command line in octets, its ending included. May be changed between two lines. */
  maxOctets: number
  /** The longest line in octets that `nextLine()` gives, its ending included. May be changed between two lines. */
  maxResponseOctets: number
  readonly #lines: LineDecoder
  readonly #blanks: CommandOptions['blanks']

  /** @param options - line endings, blanks and limits */
  constructor({
    lineEndings,
    overflow,
    blanks,
    maxOctets = 255,
    maxResponseOctets = 65_536,
  }: CommandDecoderOptions = {}) {
    this.#lines = new LineDecoder({ lineEndings, overflow })
    this.#blanks = blanks
    this.maxOctets = maxOctets
    this.maxResponseOctets = maxResponseOctets
  }

  /** What a line that is too long is. May be changed between two lines. */
  get overflow(): LineOverflow {
    return this.#lines.overflow
  }

  set overflow(overflow: LineOverflow) {
    this.#lines.overflow = overflow
  }

  /** Octets from the start of the stream to the first octet that has not been given. */
  get offset(): number {
    return this.#lines.offset
  }

  /** What has come and has not been given. */
  get pending(): Uint8Array {
    return this.#lines.pending
  }

  /** Adds the next octets of the stream, in a chunk of any size. */
  push(chunk: Uint8Array): void {
    this.#lines.push(chunk)
  }

  /**
   * Gives the next command, or `undefined` when more octets are needed.
   *
   * @throws {@link Pop3LimitError} once for each line that is too long, as soon as that is known; the following call
   * goes on behind that line. Only with `overflow: 'error'`.
   */
  next(): Command | undefined {
    this.#lines.maxOctets = this.maxOctets
    const line = this.#lines.next()
    return line && parseCommand(line.octets, { blanks: this.#blanks }, line.offset)
  }

  /**
   * Gives the next line as it is, or `undefined` when more octets are needed.
   *
   * @throws {@link Pop3LimitError} as `next()` does, at the limit of a response.
   */
  nextLine(): Line | undefined {
    this.#lines.maxOctets = this.maxResponseOctets
    return this.#lines.next()
  }

  /** Throws away everything that has come and has not been given, and says how many octets that was (STLS, R65). */
  discard(): number {
    return this.#lines.discard()
  }
}
