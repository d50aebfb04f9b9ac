/** A message in a maildrop: its octets with every end of line as CRLF (RFC 1939 section 11, R29). */
import { headerOf } from './top.ts'
import { CrlfCanonicalizer, Pop3ArgumentError, canonical, concatOctets, encodeText } from '@pop3kit/codec'

/** Pieces of a message, all at hand or still to come. */
export type MessagePieces = Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>

/**
 * What a message is made of: octets, text (sent as UTF-8), or a function that opens a lazy source anew each time it is read.
 * Bare LF line ends become CRLF, and the last line is ended when it is not.
 */
export type MessageContent =
  | Uint8Array
  | string
  | (() => Uint8Array | string | MessagePieces | Promise<Uint8Array | string | MessagePieces>)

/** A message with what a maildrop should know of it. */
export interface MessageRecord {
  /** The message itself. */
  readonly content: MessageContent
  /** The unique-id: 1 to 70 octets from 0x21 to 0x7E (R36). Without it the maildrop gives one. */
  readonly uid?: string | undefined
  /** When it arrived, in milliseconds since the epoch. Without it: when it was delivered, by the server's clock. */
  readonly arrivedAt?: number | undefined
  /** The size in octets that a lazy source will have, CRLF counted. Without it the source is read once to count. */
  readonly octets?: number | undefined
}

/** A message as it is put into a maildrop. */
export type MessageInit = MessageContent | MessageRecord

/** The size of a message. */
export interface MessageSize {
  /** Octets of the message as RETR sends it, dot-stuffing and terminator not counted. */
  readonly octets: number
  /** Whether its last line was stored without a line end, so that RETR adds one. */
  readonly lineEndAdded: boolean
}

/** A lazy source, opened anew each time it is read. */
type LazyContent = Exclude<MessageContent, Uint8Array | string>

/** A message of a maildrop. */
export class Message {
  /** The unique-id (RFC 1939 section 7, UIDL). */
  readonly uid: string
  /** When it arrived, in milliseconds since the epoch. */
  readonly arrivedAt: number
  readonly #open: (ending?: LineEnd) => Iterable<Uint8Array> | AsyncIterable<Uint8Array>
  #size: MessageSize | undefined
  readonly #isInternationalized: () => boolean

  /** @throws {Pop3ArgumentError} When `octets` is not a whole number from 0 up. */
  constructor(uid: string, { content, octets, arrivedAt = 0 }: MessageRecord) {
    this.uid = uid
    this.arrivedAt = arrivedAt
    if (octets !== undefined && !(Number.isSafeInteger(octets) && octets >= 0)) {
      throw new Pop3ArgumentError(`Cannot use "${octets}" as the size of message "${uid}": expected octets, 0 or more`)
    }
    if (typeof content === 'function') {
      this.#open = (ending) => canonicalPieces(content, ending)
      this.#isInternationalized = () => false
      if (octets !== undefined) this.#size = { octets, lineEndAdded: false }
    } else {
      const stored = typeof content === 'string' ? encodeText(content) : content
      const whole = canonical(stored)
      this.#open = () => [whole]
      this.#isInternationalized = () => headerOf(whole).some((octet) => octet > 0x7f)
      this.#size = { octets: whole.length, lineEndAdded: stored.length > 0 && stored.at(-1) !== 0x0a }
    }
  }

  /** The size, at once where it is known; a lazy source without a declared size is read to count it, once. */
  size(): MessageSize | Promise<MessageSize> {
    return this.#size ?? this.#count()
  }

  /** The octets of the message in pieces: views of what it was made of, nothing held twice. */
  pieces(): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
    return this.#open()
  }

  /** The whole message. */
  async bytes(): Promise<Uint8Array> {
    const pieces: Uint8Array[] = []
    for await (const piece of this.#open()) pieces.push(piece)
    return concatOctets(pieces)
  }

  /**
   * Whether its header holds octets beyond ASCII: then it is not for a client that has not said UTF8 (RFC 6856 section 2.1, R91). A
   * lazy source is not opened to find out, and taken for one without.
   */
  get isInternationalized(): boolean {
    return this.#isInternationalized()
  }

  async #count(): Promise<MessageSize> {
    let octets = 0
    const ending: LineEnd = { added: false }
    for await (const piece of this.#open(ending)) octets += piece.length
    this.#size = { octets, lineEndAdded: ending.added }
    return this.#size
  }
}

/** Told by {@link canonicalPieces} when it is at the end: whether the last line had to be ended. */
interface LineEnd {
  added: boolean
}

async function* canonicalPieces(open: LazyContent, ending: LineEnd = { added: false }): AsyncGenerator<Uint8Array> {
  const opened = await open()
  const pieces = typeof opened === 'string' || opened instanceof Uint8Array ? [opened] : opened
  const canonicalizer = new CrlfCanonicalizer()
  for await (const piece of pieces) {
    yield* canonicalizer.push(typeof piece === 'string' ? encodeText(piece) : piece)
  }
  const last = canonicalizer.end()
  ending.added = last.length > 0
  yield* last
}
