/** One connection: octets of a Duplex on one side, replies read one after another on the other (RFC 1939 section 3). */
import { excerptOf, type Line, Pop3ProtocolError, ReplyDecoder, type ReplyStatus } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import { Pop3ClosedError, type Pop3Phase, Pop3ReplyError, Pop3TimeoutError, Pop3TlsError } from './errors.ts'
import { withoutExcerpt } from './redaction.ts'
import { Transport } from './transport.ts'
import type { Turn } from './turn.ts'

/** Begins a TLS handshake over a transport. */
export type Handshake = (transport: Duplex) => Duplex

export class Connection {
  #transport: Transport
  readonly #decoder = new ReplyDecoder({ lineEndings: 'adaptive' })
  #greeting: ReplyStatus | undefined
  /** The call that waits for replies; octets that come while there is none were not asked for. */
  #turn: Turn | undefined
  /** Status lines that are still to come: the greeting, then one for each line that is sent. */
  #due = 1
  /** Octets of the body that have come for it. */
  #received = 0
  /** It fails with a reason of its own, which is not that of the connection. */
  #givenUp: { readonly reason: unknown } | undefined
  /** Aborted with the first error: nothing can be sent or read any more. */
  readonly #ended = new AbortController()

  readonly #listener = {
    onOctets: (octets: Uint8Array): void => this.#receive(octets),
    onOver: (): void => {
      if (this.#due === 0 && !this.#turn) this.#fall()
    },
  }

  constructor(duplex: Duplex) {
    this.#transport = new Transport(duplex, this.#listener)
  }

  /** The greeting, once it has been read. */
  get greeting(): ReplyStatus | undefined {
    return this.#greeting
  }

  /** Whether TLS protects the connection. */
  get secured(): boolean {
    return this.#transport.secured
  }

  /** Whether others may read what is sent to this host. */
  isExposed(host: string | undefined): boolean {
    return this.#transport.isExposed(host)
  }

  /** Aborts at the moment the connection ends, with the first error as its reason. */
  get ended(): AbortSignal {
    return this.#ended.signal
  }

  /** From now on what comes belongs to this call. */
  begin(turn: Turn): void {
    this.#turn = turn
    this.#givenUp = undefined
    if (!this.#greeting) turn.phase = this.#transport.connected ? 'greeting' : 'connect'
    turn.begin({
      onTimeout: () => this.fail(new Pop3TimeoutError(turn.phase, turn.timeout)),
      onAbort: (reason) => (turn.committed ? this.fail(reason) : this.#withdraw(reason)),
    })
  }

  /** The call is over; what comes from now on was not asked for. */
  end(): void {
    if (this.#surplus) this.fail(this.#outOfStep())
    this.#turn?.end()
    this.#turn = undefined
    this.#received = 0
    if (this.#due > 0) this.#transport.pause()
    else if (this.#transport.over) this.#fall()
    else this.#transport.resume()
  }

  /** Waits until octets can go over it. */
  async connected(): Promise<void> {
    await this.#take(() => this.#transport.connected || undefined)
  }

  /** Reads the greeting (R1), unless that is done; a refusal ends the connection. */
  async greet(): Promise<ReplyStatus> {
    if (this.#greeting) return this.#greeting
    const greeting = await this.status()
    if (!greeting.ok) throw this.fail(new Pop3ReplyError(greeting))
    this.#greeting = greeting
    return greeting
  }

  /** Goes on under TLS, unless it does already. What came in clear ahead of it is an attack, and ends the connection (R65). */
  async secure(handshake: Handshake): Promise<void> {
    if (!this.secured) {
      if (this.#unread) throw this.fail(this.#outOfStep('TLS begins there'))
      try {
        this.#transport = new Transport(handshake(this.#transport.release()), this.#listener, { secured: true })
      } catch (error) {
        throw this.fail(new Pop3TlsError('tls', error))
      }
    }
    await this.connected()
  }

  /** Sends lines; the reply to each is read with `status`, and `body` or `line` if it has several lines. */
  write(octets: Uint8Array, lines = 1): void {
    this.checkInStep()
    this.#throwIfGivenUp()
    if (this.#turn) this.#turn.committed = true
    this.#due += lines
    this.#transport.write(octets)
  }

  /** The status line of the reply that is due. */
  status(): Promise<ReplyStatus> {
    return this.#reply(() => {
      const reply = this.#decoder.status()
      if (reply?.status !== '+') return reply
      const message = `Cannot read the reply at offset ${reply.offset}: expected "+OK" or "-ERR", not "+"`
      throw new Pop3ProtocolError(message, { offset: reply.offset, excerpt: '+' })
    })
  }

  /** The same in a SASL exchange, where it may be a challenge (RFC 5034 section 4). */
  challenge(): Promise<ReplyStatus> {
    return this.#reply(() => this.#decoder.challenge())
  }

  /** The next octets of the body that is due, `undefined` when it has ended. */
  async body(): Promise<Uint8Array | undefined> {
    const part = await this.#take(() => this.#decoder.body())
    if (part.type === 'end') return undefined
    this.#received += part.octets.length
    return part.octets
  }

  /** The next line of the body that is due, `undefined` when it has ended. */
  async line(): Promise<Line | undefined> {
    const part = await this.#take(() => this.#decoder.line())
    if (part.type === 'end') return undefined
    this.#received += part.line.octets.length
    return part.line
  }

  /** Throws when more has come than was asked for: from here on every reply would answer the wrong command. */
  checkInStep(): void {
    if (this.#surplus && !this.ended.aborted) throw this.fail(this.#outOfStep())
  }

  /** Ends the session behind its last reply. */
  hangUp(): void {
    this.#settle(new Pop3ClosedError('the session has ended with QUIT', { phase: 'QUIT' }))
    this.#transport.end()
  }

  /** Drops the connection for a reason that is not an error of its own. */
  drop(reason: string, cause?: unknown): Pop3ClosedError {
    return this.fail(this.#closed(reason, cause))
  }

  /** Drops the connection because a call was given up whose reply is due behind that of the one whose turn it is. */
  abandon(reason: unknown): void {
    this.#givenUp ??= { reason: this.#closed('a call behind it was given up', reason) }
    this.fail(reason)
  }

  /** Drops the connection. The call whose turn it is rejects with this error, all others have it as their cause. */
  fail<E>(error: E): E {
    this.#settle(error)
    this.#transport.destroy()
    return error
  }

  /** Only the first error counts. A body may have been left by its consumer for good: its call holds nothing any more. */
  #settle(error: unknown): void {
    this.#ended.abort(error)
    this.#turn?.end()
    this.#transport.wake()
  }

  #withdraw(reason: unknown): void {
    this.#givenUp = { reason }
    this.#transport.wake()
  }

  #receive(octets: Uint8Array): void {
    if (this.ended.aborted) return
    this.#decoder.push(octets)
    if (!this.#turn) this.fail(this.#outOfStep())
    // When nobody waits the consumer of the body is away, so the server has to wait for it
    else if (!this.#transport.wake()) this.#transport.pause()
  }

  async #reply(next: () => ReplyStatus | undefined): Promise<ReplyStatus> {
    const reply = await this.#take(next)
    this.#due -= 1
    return reply
  }

  async #take<T>(next: () => T | undefined): Promise<T> {
    for (;;) {
      this.#throwIfGivenUp()
      const item = this.#attempt(next)
      if (item !== undefined) return item
      if (this.#transport.over) throw this.#fall()
      await this.#transport.wait()
    }
  }

  /** What cannot be decoded cannot be skipped either: nobody knows where the next reply begins. */
  #attempt<T>(next: () => T | undefined): T | undefined {
    try {
      return next()
    } catch (error) {
      throw this.fail(this.#shown(error))
    }
  }

  #throwIfGivenUp(): void {
    if (this.#givenUp) throw this.#givenUp.reason
    this.ended.throwIfAborted()
  }

  /** The server is gone, or TLS has failed. */
  #fall(): Pop3ClosedError | Pop3TlsError {
    const cause = this.#transport.over?.cause
    if (cause && this.secured && !isOfTheSystem(cause)) return this.fail(new Pop3TlsError(this.#phase, cause))
    // Where every address of a host was tried in vain the error has no message of its own
    const reason = cause && (cause.message || 'no connection to any address')
    return this.drop(reason ?? 'the server closed the connection', cause)
  }

  #closed(reason: string, cause: unknown): Pop3ClosedError {
    return new Pop3ClosedError(reason, { phase: this.#phase, received: this.#received, cause })
  }

  get #phase(): Pop3Phase {
    return this.#turn?.phase ?? 'idle'
  }

  /** Whether something has come that nobody has read. */
  get #unread(): boolean {
    return this.#decoder.pending.length > 0 || this.#transport.holdsOctets
  }

  /** Whether more has come than was asked for. */
  get #surplus(): boolean {
    return this.#due === 0 && this.#unread
  }

  #outOfStep(because = 'no command is unanswered'): unknown {
    const { offset, pending } = this.#decoder
    const excerpt = excerptOf(pending)
    const message = `Cannot go on: expected nothing at offset ${offset}, because ${because}, not "${excerpt}"`
    return this.#shown(new Pop3ProtocolError(message, { offset, excerpt }))
  }

  /** While a login is under way, what the server sends may repeat the password. */
  #shown(error: unknown): unknown {
    return this.#turn?.phase === 'login' ? withoutExcerpt(error) : error
  }
}

/** Under TLS, too, a lost connection has a code of the system, such as ECONNRESET; all else is TLS itself. */
function isOfTheSystem(error: Error): boolean {
  return 'code' in error && /^E(?!PROTO)[A-Z]+$/.test(String(error.code))
}
