/** One connection: octets of a Duplex on one side, replies read one after another on the other (RFC 1939 section 3). */
import { excerptOf, type Line, Pop3ProtocolError, ReplyDecoder, type ReplyStatus } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import { Pop3ClosedError, Pop3ReplyError, Pop3TimeoutError } from './errors.ts'
import { withoutExcerpt } from './redaction.ts'
import { Transport } from './transport.ts'
import type { Turn } from './turn.ts'

export class Connection {
  readonly #transport: Transport
  readonly #decoder = new ReplyDecoder({ lineEndings: 'adaptive' })
  #greeting: ReplyStatus | undefined
  /** The call that waits for replies; octets that come while there is none were not asked for. */
  #turn: Turn | undefined
  /** Whether that call has sent a command. */
  #sent = false
  /** Octets of the body that have come for it. */
  #received = 0
  /** It was given up before it had sent anything. */
  #withdrawn: { readonly reason: unknown } | undefined
  /** Aborted with the first error: nothing can be sent or read any more. */
  readonly #ended = new AbortController()

  constructor(transport: Duplex) {
    this.#transport = new Transport(transport, {
      onOctets: (octets) => this.#receive(octets),
      onOver: () => {
        if (this.#greeting && !this.#turn) this.#fall()
      },
    })
  }

  /** The greeting, once it has been read. */
  get greeting(): ReplyStatus | undefined {
    return this.#greeting
  }

  /** Aborts at the moment the connection ends, with the first error as its reason. */
  get ended(): AbortSignal {
    return this.#ended.signal
  }

  /** From now on what comes belongs to this call. */
  begin(turn: Turn): void {
    this.#turn = turn
    this.#sent = false
    this.#withdrawn = undefined
    if (!this.#greeting) turn.phase = this.#transport.connected ? 'greeting' : 'connect'
    turn.begin({
      onTimeout: () => this.fail(new Pop3TimeoutError(turn.phase, turn.timeout)),
      onAbort: (reason) => (this.#sent ? this.fail(reason) : this.#withdraw(reason)),
    })
  }

  /** The call is over; what comes from now on was not asked for. */
  end(): void {
    if (this.#greeting && this.#surplus) this.fail(this.#outOfStep())
    this.#turn?.end()
    this.#turn = undefined
    this.#received = 0
    if (!this.#greeting) this.#transport.pause()
    else if (this.#transport.over) this.#fall()
    else this.#transport.resume()
  }

  /** Waits for the connection and its greeting (R1); a refusal ends the connection. */
  async greet(turn: Turn): Promise<ReplyStatus> {
    if (this.#greeting) return this.#greeting
    await this.#take(() => this.#transport.connected || undefined)
    turn.phase = 'greeting'
    const greeting = await this.status()
    if (!greeting.ok) throw this.fail(new Pop3ReplyError(greeting))
    this.#greeting = greeting
    turn.phase = turn.call
    return greeting
  }

  /** Sends the octets of a command; its reply is read with `status`, and `body` or `line` if it has several lines. */
  write(octets: Uint8Array): void {
    this.checkInStep()
    this.#throwIfGivenUp()
    this.#sent = true
    this.#transport.write(octets)
  }

  /** The status line of the reply that is due. */
  status(): Promise<ReplyStatus> {
    return this.#take(() => {
      const reply = this.#decoder.status()
      if (reply?.status !== '+') return reply
      const message = `Cannot read the reply at offset ${reply.offset}: expected "+OK" or "-ERR", not "+"`
      throw new Pop3ProtocolError(message, { offset: reply.offset, excerpt: '+' })
    })
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
    const phase = this.#turn?.phase ?? 'idle'
    return this.fail(new Pop3ClosedError(reason, { phase, received: this.#received, cause }))
  }

  /** Drops the connection. The call whose turn it is rejects with this error, all others have it as their cause. */
  fail<E>(error: E): E {
    this.#settle(error)
    this.#transport.destroy()
    return error
  }

  /** Only the first error counts. */
  #settle(error: unknown): void {
    this.#ended.abort(error)
    this.#transport.wake()
  }

  #withdraw(reason: unknown): void {
    this.#withdrawn = { reason }
    this.#transport.wake()
  }

  #receive(octets: Uint8Array): void {
    if (this.ended.aborted) return
    this.#decoder.push(octets)
    if (!this.#turn) this.fail(this.#outOfStep())
    // When nobody waits the consumer of the body is away, so the server has to wait for it
    else if (!this.#transport.wake()) this.#transport.pause()
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
    this.ended.throwIfAborted()
    if (this.#withdrawn) throw this.#withdrawn.reason
  }

  /** The server is gone. */
  #fall(): Pop3ClosedError {
    const cause = this.#transport.over?.cause
    // Where every address of a host was tried in vain the error has no message of its own
    const reason = cause && (cause.message || 'no connection to any address')
    return this.drop(reason ?? 'the server closed the connection', cause)
  }

  /** Whether more has come than was asked for. */
  get #surplus(): boolean {
    return this.#decoder.pending.length > 0 || this.#transport.holdsOctets
  }

  #outOfStep(): unknown {
    const { offset, pending } = this.#decoder
    const excerpt = excerptOf(pending)
    const message = `Cannot go on: expected nothing at offset ${offset}, because no command is unanswered, not "${excerpt}"`
    return this.#shown(new Pop3ProtocolError(message, { offset, excerpt }))
  }

  /** While a login is under way, what the server sends may repeat the password. */
  #shown(error: unknown): unknown {
    return this.#turn?.phase === 'login' ? withoutExcerpt(error) : error
  }
}
