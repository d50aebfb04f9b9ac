/** Calls over one connection: each has its turn, reads the greeting if nobody has yet, and leaves the replies in step. */
import type { Capabilities, Duration, ReplyStatus } from '@pop3kit/codec'
import { askCapabilities } from './capabilities.ts'
import { Connection } from './connection.ts'
import { secure } from './dial.ts'
import type { Pop3Phase, Pop3Verb } from './errors.ts'
import { exchange } from './exchange.ts'
import type { Pop3Auth } from './login/auth.ts'
import { login } from './login/login.ts'
import { open } from './opening.ts'
import type { Pop3CallOptions, Pop3ClientOptions } from './options.ts'
import { messageRequest } from './request.ts'
import { defaultTimeout, parseTimeout } from './timeout.ts'
import { tlsOptions } from './tls.ts'
import { TurnQueue } from './turn-queue.ts'
import type { Turn } from './turn.ts'

export class Session {
  readonly connection: Connection
  /** What the server has announced, as far as anybody has asked it (RFC 2449 section 5). */
  announced: Capabilities | undefined
  readonly #host: string | undefined
  readonly #queue: TurnQueue
  readonly #timeout: Duration
  readonly #open: (turn: Turn) => Promise<ReplyStatus>

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
  async call<T>(
    phase: Pop3Phase,
    options: Pop3CallOptions | undefined,
    work: (greeting: ReplyStatus, turn: Turn) => Promise<T>,
  ): Promise<T> {
    const turn = await this.#take(phase, options)
    try {
      const result = await work(await this.#open(turn), turn)
      this.connection.checkInStep()
      return result
    } finally {
      this.#queue.release()
    }
  }

  /** A call that sends one command and reads its reply; arguments are refused before anything is done. */
  async command<T>(
    verb: Pop3Verb,
    args: readonly [number?, number?],
    options: Pop3CallOptions | undefined,
    read: (reply: ReplyStatus) => T | Promise<T>,
  ): Promise<T> {
    const request = messageRequest(verb, ...args)
    return this.call(verb, options, async () => read(await exchange(this.connection, request)))
  }

  /** Logs in, within a call. */
  async login(auth: Pop3Auth, greeting: ReplyStatus, turn: Turn): Promise<void> {
    turn.phase = 'login'
    const { connection, announced } = this
    const exposed = connection.isExposed(this.#host)
    await login({ connection, greeting, exposed, announced, capabilities: () => this.#capabilities(turn) }, auth)
  }

  /** What the server announces: it is asked once. */
  async #capabilities(turn: Turn): Promise<Capabilities> {
    if (this.announced) return this.announced
    const { phase } = turn
    turn.phase = 'CAPA'
    this.announced = await askCapabilities(this.connection)
    turn.phase = phase
    return this.announced
  }

  /** A call that sends RETR and hands the body out as it comes. */
  async *retrieve(number: number, options: Pop3CallOptions | undefined): AsyncGenerator<Uint8Array, void, void> {
    const request = messageRequest('RETR', number)
    const turn = await this.#take('RETR', options)
    let unfinished = false
    try {
      await this.#open(turn)
      await exchange(this.connection, request)
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

  #take(phase: Pop3Phase, { timeout = this.#timeout, signal }: Pop3CallOptions = {}): Promise<Turn> {
    return this.#queue.take(phase, timeout, signal)
  }
}
