/** One connection: octets of a Duplex on one side, replies read one after another on the other (RFC 1939 section 3). */
import { decodeText, type Line, Pop3ProtocolError, ReplyDecoder, type ReplyStatus } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import { Pop3ClosedError, Pop3ReplyError, Pop3TimeoutError } from './errors.ts'
import { withoutExcerpt } from './redaction.ts'
import type { Turn } from './turn.ts'

export class Connection {
  readonly #transport: Duplex
  readonly #decoder = new ReplyDecoder({ lineEndings: 'adaptive' })
  #connected: boolean
  #greeting: ReplyStatus | undefined
  /** The call that waits for replies; octets that come while there is none were not asked for. */
  #turn: Turn | undefined
  /** Whether that call has sent a command. */
  #sent = false
  /** Octets of the body that have come for it. */
  #received = 0
  /** It was given up before it had sent anything. */
  #withdrawn: { readonly reason: unknown } | undefined
  /** The server sends nothing more; what has come can still be read. */
  #over: { readonly cause: unknown } | undefined
  /** Aborted with the first error: nothing can be sent or read any more. */
  readonly #ended = new AbortController()
  #wake: (() => void) | undefined

  constructor(transport: Duplex) {
    this.#transport = transport
    this.#connected = !('connecting' in transport && transport.connecting === true)
    // A transport that is gone already emits nothing
    this.#over = transport.destroyed ? { cause: transport.errored } : undefined
    transport.pause()
    transport.on('data', (chunk: Uint8Array) => this.#receive(chunk))
    transport.on('connect', () => {
      this.#connected = true
      this.#wake?.()
    })
    transport.on('end', () => this.#lose(undefined))
    transport.on('close', () => this.#lose(undefined))
    // Stays for ever: an error after the end must not bring the process down
    transport.on('error', (error) => this.#lose(error))
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
    this.#received = 0
    this.#withdrawn = undefined
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
    if (!this.#greeting) this.#transport.pause()
    else if (this.#over) this.#fall()
    else this.#transport.resume()
  }

  /** Waits for the connection and its greeting (R1); a refusal ends the connection. */
  async greet(turn: Turn): Promise<ReplyStatus> {
    if (this.#greeting) return this.#greeting
    const { phase } = turn
    turn.phase = 'connect'
    await this.#take(() => this.#connected || undefined)
    turn.phase = 'greeting'
    const greeting = await this.status()
    if (!greeting.ok) throw this.fail(new Pop3ReplyError(greeting))
    this.#greeting = greeting
    turn.phase = phase
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

  /** Says goodbye behind the last reply. */
  hangUp(): void {
    this.#settle(new Pop3ClosedError('the session has ended with QUIT', { phase: 'QUIT' }))
    this.#transport.end(() => this.#transport.destroy())
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
    this.#wake?.()
  }

  #withdraw(reason: unknown): void {
    this.#withdrawn = { reason }
    this.#wake?.()
  }

  #receive(chunk: Uint8Array): void {
    if (this.ended.aborted) return
    // Not a Buffer: what is decoded are views of it, and they reach the caller
    this.#decoder.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength))
    if (!this.#turn) this.fail(this.#outOfStep())
    else if (this.#wake) this.#wake()
    // Nobody waits: the consumer of the body is away, so the server has to wait for it
    else this.#transport.pause()
  }

  #lose(cause: unknown): void {
    this.#over ??= { cause }
    if (this.#turn) this.#wake?.()
    else if (this.#greeting) this.#fall()
  }

  async #take<T>(next: () => T | undefined): Promise<T> {
    for (;;) {
      this.#throwIfGivenUp()
      const item = this.#attempt(next)
      if (item !== undefined) return item
      if (this.#over) throw this.#fall()
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        this.#transport.resume()
      })
      this.#wake = undefined
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
    const cause = this.#over?.cause
    return this.drop(cause instanceof Error ? cause.message : 'the server closed the connection', cause)
  }

  get #surplus(): boolean {
    return this.#decoder.pending.length > 0
  }

  #outOfStep(): unknown {
    const { offset, pending } = this.#decoder
    const excerpt = JSON.stringify(decodeText(pending.subarray(0, 60))).slice(1, -1)
    const message = `Cannot go on: expected nothing at offset ${offset}, because no command is unanswered, not "${excerpt}"`
    return this.#shown(new Pop3ProtocolError(message, { offset, excerpt }))
  }

  /** While a login is under way, what the server sends may repeat the password. */
  #shown(error: unknown): unknown {
    return this.#turn?.phase === 'login' ? withoutExcerpt(error) : error
  }
}
