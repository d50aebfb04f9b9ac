/** Calls over one connection: each has its turn, reads the greeting if nobody has yet, and leaves the replies in step. */
import type { Capabilities, Duration, ReplyStatus } from '@pop3kit/codec'
import { askCapabilities } from './capabilities.ts'
import { Connection } from './connection.ts'
import { Deadline } from './deadline.ts'
import { secure } from './dial.ts'
import { type Pop3Phase, Pop3TimeoutError, type Pop3Verb } from './errors.ts'
import { answer } from './exchange.ts'
import type { Pop3Auth } from './login/auth.ts'
import { login } from './login/login.ts'
import { open } from './opening.ts'
import type { Pop3CallOptions, Pop3ClientOptions } from './options.ts'
import { messageRequest, type Request } from './request.ts'
import { defaultTimeout, parseTimeout } from './timeout.ts'
import { tlsOptions } from './tls.ts'
import { TurnQueue } from './turn-queue.ts'
import type { Call, Turn } from './turn.ts'

export class Session {
  readonly connection: Connection
  readonly #host: string | undefined
  readonly #queue: TurnQueue
  readonly #timeout: Duration
  readonly #open: (turn: Turn) => Promise<ReplyStatus>
  #announced: Capabilities | undefined
  /** Whether the server may announce more than it has, now that somebody is logged in. */
  #mayAnnounceMore = false

  constructor({ transport, host, tls, timeout = defaultTimeout, signal }: Pop3ClientOptions) {
    const { mode, ...options } = tlsOptions(tls)
    this.#open = (turn) => open(this.connection, turn, mode, (transport) => secure(transport, host, options))
    this.#host = host
    this.#timeout = parseTimeout(timeout)
    this.connection = new Connection(transport)
    this.#queue = new TurnQueue(this.connection)
    const drop = (): void => void this.connection.fail(signal?.reason)
    if (signal?.aborted) drop()
    signal?.addEventListener('abort', drop, { signal: this.connection.ended })
  }

  /** A call that has the connection to itself while `work` goes on. */
  call<T>(
    phase: Pop3Phase,
    options: Pop3CallOptions | undefined,
    work: (greeting: ReplyStatus, turn: Turn) => Promise<T>,
  ): Promise<T> {
    return this.#call({ phase, ...this.#limits(options) }, work)
  }

  /** A call that sends one command and reads its reply; `make` refuses arguments before anything is done. */
  async command<T>(
    verb: Pop3Verb,
    make: () => Request,
    options: Pop3CallOptions | undefined,
    read: (reply: ReplyStatus) => T | Promise<T>,
  ): Promise<T> {
    const request = make()
    return this.#call({ phase: verb, request, ...this.#limits(options) }, async (_, turn) => {
      await this.#send(turn)
      return read(await answer(this.connection, request))
    })
  }

  /** A call that sends RETR and hands the body out as it comes. */
  async *retrieve(number: number, options: Pop3CallOptions | undefined): AsyncGenerator<Uint8Array, void, void> {
    const request = messageRequest('RETR', number)
    const turn = await this.#queue.take({ phase: 'RETR', request, streamed: true, ...this.#limits(options) })
    let unfinished = false
    try {
      await this.#open(turn)
      await this.#send(turn)
      await answer(this.connection, request)
      unfinished = true
      for (let piece = await this.connection.body(); piece; piece = await this.connection.body()) {
        this.#queue.hold()
        yield piece
        this.#queue.resume()
      }
      unfinished = false
      this.connection.checkInStep()
    } finally {
      if (unfinished) this.connection.drop('the loop over the body was left')
      this.#queue.release()
    }
  }

  /** Logs in, within a call; `patience`, in milliseconds, is for an answer to CAPA. */
  async login(auth: Pop3Auth, greeting: ReplyStatus, turn: Turn, patience?: number): Promise<void> {
    turn.phase = 'login'
    const exposed = this.connection.isExposed(this.#host)
    const { connection } = this
    await login(
      { connection, greeting, exposed, announced: this.#announced, capabilities: () => this.#ask(turn, patience) },
      auth,
    )
    // One that refuses CAPA (R46) is not asked again
    const answered = [...(this.#announced ?? [])].length > 0
    this.#mayAnnounceMore = answered && !this.#queue.pipelining
  }

  /** Takes note of what the server announces (RFC 2449 section 5). What it does before login holds after it, too (R44). */
  announced(capabilities: Capabilities): Capabilities {
    this.#announced = capabilities
    this.#mayAnnounceMore = false
    this.#queue.pipelining = capabilities.has('PIPELINING')
    return capabilities
  }

  async #call<T>(call: Call, work: (greeting: ReplyStatus, turn: Turn) => Promise<T>): Promise<T> {
    const turn = await this.#queue.take(call)
    try {
      const result = await work(await this.#open(turn), turn)
      this.connection.checkInStep()
      return result
    } finally {
      this.#queue.release()
    }
  }

  /** Sends the command of the call, and those behind it that may go with it. */
  async #send(turn: Turn): Promise<void> {
    // Gmail announces PIPELINING when somebody is logged in, and not before
    if (this.#mayAnnounceMore && this.#queue.hasFollower) await this.#ask(turn)
    this.#queue.send()
  }

  /** What the server announces; it is asked if it may be more than is known. */
  async #ask(turn: Turn, patience = turn.timeout): Promise<Capabilities> {
    if (this.#announced && !this.#mayAnnounceMore) return this.#announced
    const { phase } = turn
    turn.phase = 'CAPA'
    const deadline = new Deadline(patience, () => this.connection.fail(new Pop3TimeoutError('CAPA', patience)))
    deadline.run()
    try {
      return this.announced(await askCapabilities(this.connection))
    } finally {
      deadline.hold()
      turn.phase = phase
    }
  }

  #limits({ timeout = this.#timeout, signal }: Pop3CallOptions = {}): Pick<Call, 'timeout' | 'signal'> {
    return { timeout, signal }
  }
}
