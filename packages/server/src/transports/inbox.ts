/** What the client says: octets become commands, lines of a SASL exchange, or lines that are too long to be either. */
import { type Command, CommandDecoder, type Line, Pop3LimitError, encodeText } from '@pop3kit/codec'
import type { Limits } from '../limits.ts'
import type { LineLimit } from '../personas/persona.ts'
import type { Session } from '../session/session.ts'

/** What the client said. */
export type Utterance =
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'response'; readonly line: Line }
  | { readonly type: 'too long'; readonly longer: LineLimit['longer'] }

const lineEnd = encodeText('\r\n')

/** The octets of a client, read as the session takes them at this moment. */
export class Inbox {
  readonly #session: Session
  readonly #limits: Limits
  readonly #decoder: CommandDecoder
  /** Octets that wait to be carried out, as far as they came since the last was. */
  #waiting = 0
  /** Octets that were received, and how many of them before the last piece was sent. */
  #received = { all: 0, beforeSending: 0 }
  /** The octets that came last. */
  #packet: Uint8Array = new Uint8Array()
  /** A command whose line swallows the next one: it is carried out when that has come. */
  #swallowing: Command | undefined

  constructor(session: Session, limits: Limits) {
    this.#session = session
    this.#limits = limits
    this.#decoder = new CommandDecoder({ lineEndings: session.persona.grammar.lineEndings })
  }

  /** What has come and nobody has heard. */
  get pending(): Uint8Array {
    return this.#decoder.pending
  }

  /** Whether a client that talks ahead is to be read no further. */
  get isFull(): boolean {
    return this.#waiting > this.#limits.waitingOctets
  }

  /** Takes what the client sends. */
  receive(octets: Uint8Array): void {
    this.#decoder.push(octets)
    this.#packet = octets
    this.#received.all += octets.length
    this.#waiting += octets.length
  }

  /** All that can be carried out is: the client may be read on. */
  makeRoom(): void {
    this.#waiting = this.#decoder.pending.length
  }

  /** Octets are about to go out: what comes from now on may be an answer to them. */
  noteSending(): void {
    this.#received.beforeSending = this.#received.all
  }

  /** What the client has said and nobody has heard yet. */
  next(): Utterance | undefined {
    const { command, swallowsNext } = this.#session.persona.grammar
    const longer = this.#limit()
    try {
      if (this.#session.exchange !== undefined) {
        const response = this.#decoder.nextLine()
        return response && { type: 'response', line: response }
      }
      const next = this.#decoder.next()
      if (next === undefined) return undefined
      const swallowing = this.#swallowing
      this.#swallowing = undefined
      if (swallowing !== undefined) return { type: 'command', command: swallowing }
      const { offset } = next
      const said = { ...next, ...command?.(next.octets, this.#session.commandState), offset }
      if (swallowsNext?.(next.octets) !== true) return { type: 'command', command: said }
      this.#swallowing = said
      return this.next()
    } catch (error) {
      if (error instanceof Pop3LimitError) return { type: 'too long', longer }
      throw error
    }
  }

  /** Sets how long the next line may be; says what is to happen to a longer one. */
  #limit(): LineLimit['longer'] {
    const { persona, commandState, exchange } = this.#session
    const { line, response } = persona.grammar
    const rule = line[commandState]
    const limit = typeof rule === 'function' ? rule(this.#decoder.pending) : rule
    const { longer } = exchange === undefined ? limit : (response ?? limit)
    this.#decoder.maxOctets = limit.octets
    this.#decoder.maxResponseOctets = Math.min(this.#limits.responseOctets, response?.octets ?? Infinity)
    this.#decoder.overflow = longer === 'truncate' || longer === 'split' ? longer : 'error'
    return longer
  }

  /** Does with what was read ahead of a login as the server does. */
  loggedIn(): void {
    const { readAhead } = this.#session.persona.grammar
    if (readAhead === 'lose') this.#decoder.discard()
    if (readAhead === 'mistaken' && this.#session.loginVerb === 'AUTH') {
      this.#decoder.push(this.#packet.subarray(0, this.#decoder.discard()))
    }
  }

  /** Ends the last line of a client that has half-closed and did not end it, where it is taken; says whether it was. */
  endLine(): boolean {
    const isTaken = this.#session.persona.grammar.unendedLine === 'take' && this.#decoder.pending.length > 0
    if (isTaken) this.#decoder.push(lineEnd)
    return isTaken
  }

  /**
   * Empties it for TLS. What came before the last piece was sent was said in clear (R65): it is no part of the handshake, which begins
   * with what came after it.
   */
  divide(): { inClear: Uint8Array; afterwards: Uint8Array } {
    const pending = this.take()
    const inClear = Math.max(0, pending.length - (this.#received.all - this.#received.beforeSending))
    return { inClear: pending.subarray(0, inClear), afterwards: pending.subarray(inClear) }
  }

  /** Takes everything out. */
  take(): Uint8Array {
    const pending = this.#decoder.pending.slice()
    this.#decoder.discard()
    return pending
  }

  /** Puts octets back, to be read again. */
  putBack(octets: Uint8Array): void {
    this.#decoder.push(octets)
  }
}
