/** The mock server: maildrops, handlers and sessions, and the ways in. */
import { Pop3ArgumentError, formatApopTimestamp, formatPopUrl } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import { RealClock, type ServerClock, type Timekeeper, VirtualClock, turn } from './clock.ts'
import { Pop3HandlerError } from './errors.ts'
import { type Listener, Listeners } from './events.ts'
import { HandlerList } from './handlers/handler-list.ts'
import type { Handler, HandlerUse } from './handlers/handler.ts'
import { Maildrop, type MaildropInit } from './maildrop/maildrop.ts'
import { type PersonaName, personaNamed } from './personas/index.ts'
import type { Persona } from './personas/persona.ts'
import { type Random, seededRandom } from './random.ts'
import type { Entry } from './record/entry.ts'
import { SessionRecord } from './record/session-record.ts'
import { Session } from './session/session.ts'
import { Connection } from './transports/connection.ts'
import { memoryConnection } from './transports/memory.ts'
import { type ListenOptions, TcpListener } from './transports/tcp.ts'
import type { Wire } from './transports/wire.ts'

/** What a server is set up with. */
export interface Pop3ServerOptions {
  /** The mailboxes, by user name. */
  readonly maildrops?: Readonly<Record<string, MaildropInit>> | undefined
  /** Whom it answers like. @default {'strict'} */
  readonly persona?: PersonaName | Persona | undefined
  /** Handlers that stay when {@link Pop3Server.resetHandlers} is called. */
  readonly handlers?: readonly Handler[] | undefined
  /** Every random choice derives from it. @default {1} */
  readonly seed?: number | undefined
  /** `virtual`: only `clock.advance()` moves it. @default {'real'} */
  readonly clock?: 'real' | 'virtual' | undefined
}

/** Quiet turns of the event loop after which a server is taken to be settled. */
const quietTurns = 10

/**
 * A POP3 server inside this process. Made by {@link setupPop3Server}.
 */
export class Pop3Server {
  readonly #options: Pop3ServerOptions
  readonly #persona: Persona
  readonly #handlers: HandlerList
  readonly #listeners = new Listeners()
  readonly #clock: (Timekeeper & ServerClock) | VirtualClock
  readonly #connections = new Map<Connection, Promise<void>>()
  #maildrops = new Map<string, Maildrop>()
  #sessions: SessionRecord[] = []
  #listener: TcpListener | undefined
  #random: Random = () => 0

  /** Use {@link setupPop3Server}. */
  constructor(options: Pop3ServerOptions) {
    const { persona = 'strict', clock = 'real', seed = 1, handlers = [] } = options
    if (!Number.isSafeInteger(seed))
      throw new Pop3ArgumentError(`Cannot use "${seed}" as a seed: expected a whole number`)
    if (clock !== 'real' && clock !== 'virtual') {
      throw new Pop3ArgumentError(`Cannot use "${String(clock)}" as a clock: expected 'real' or 'virtual'`)
    }
    this.#options = options
    this.#persona = typeof persona === 'string' ? personaNamed(persona) : persona
    this.#handlers = new HandlerList(handlers)
    this.#clock = clock === 'virtual' ? new VirtualClock(() => this.#settled()) : new RealClock()
    this.#furnish()
  }

  /** The server's clock: scripted delays and idle timers run on it. */
  get clock(): ServerClock {
    return this.#clock
  }

  /** The address it listens on. */
  get host(): string {
    return this.#listening().host
  }

  /** The port it listens on. */
  get port(): number {
    return this.#listening().port
  }

  /** The address as a POP URL (RFC 2384): `pop://127.0.0.1:49152`. */
  get url(): string {
    const { host, port } = this.#listening()
    return formatPopUrl({ host, port })
  }

  /** The sessions since the start or the last {@link reset}, open and over, the oldest first. */
  get sessions(): readonly SessionRecord[] {
    return this.#sessions
  }

  /**
   * Listens on TCP: on loopback and a free port when nothing else is said.
   *
   * @throws {Pop3ListenError} When the address or the port cannot be had.
   */
  async listen(options: ListenOptions = {}): Promise<this> {
    if (this.#listener !== undefined)
      throw new Pop3ArgumentError(`Cannot listen twice: the server listens on ${this.url}`)
    this.#listener = await TcpListener.open(options, (wire) => this.#serve(wire))
    return this
  }

  /** A connection without a port: the same session machine, every write of the server a chunk of its own. */
  connect(): Duplex {
    const { client, wire } = memoryConnection()
    this.#serve(wire)
    return client
  }

  /**
   * Adds handlers before those there are. The first that matches wins; `next()` goes on to the others.
   *
   * @throws {Pop3ArgumentError} When one is not a handler.
   */
  use(...handlers: readonly Handler[]): void {
    this.#handlers.use(handlers)
  }

  /** Removes every handler but those that the server was set up with, or puts these in the place of all. */
  resetHandlers(...handlers: readonly Handler[]): void {
    this.#handlers.reset(handlers)
  }

  /** Makes handlers that are used up (`once`, `times`, ended generators) usable again. */
  restoreHandlers(): void {
    this.#handlers.restore()
  }

  /** The handlers in the order in which they are asked, with how often each was. */
  listHandlers(): HandlerUse[] {
    return this.#handlers.list()
  }

  /**
   * The maildrop of a user.
   *
   * @throws {Pop3ArgumentError} When there is none.
   */
  maildrop(user: string): Maildrop {
    const maildrop = this.#maildrops.get(user)
    if (maildrop === undefined) {
      const users = [...this.#maildrops.keys()].map((name) => `"${name}"`).join(', ')
      throw new Pop3ArgumentError(
        `Cannot find the maildrop of "${user}": expected one of ${users === '' ? 'none' : users}`,
      )
    }
    return maildrop
  }

  /**
   * Listens to what happens in the sessions: `command`, `sent`, `update`, `close` and the other types of {@link Entry}; `*` for
   * all of them.
   *
   * @returns A function that takes the listener away.
   */
  on<Type extends Entry['type']>(type: Type, listener: Listener<Type>): () => void
  /** Listens to everything. */
  on(type: '*', listener: Listener): () => void
  on(type: Entry['type'] | '*', listener: (entry: never) => void): () => void {
    return this.#listeners.add(type, listener)
  }

  /** The transcripts of all sessions: `S:` the server, `C:` the client, `#` what else happened. */
  transcript(): string {
    return this.#sessions.map((session) => `# session ${session.id}\n${session.transcript()}`).join('\n')
  }

  /**
   * Back to the state of creation: handlers, maildrops, history, clock and seed. Open sessions are dropped; it goes on listening.
   *
   * @throws {Pop3HandlerError} When all this is done, if a handler, a listener or a lazy message failed since the last time.
   */
  async reset(): Promise<void> {
    await this.#dropSessions()
    const failures = this.#failures()
    this.#handlers.reset([])
    if (this.#clock instanceof VirtualClock) this.#clock.reset()
    this.#furnish()
    if (failures.length > 0) throw new Pop3HandlerError(failures)
  }

  /**
   * Stops listening and drops the sessions that are open; their maildrops keep what was marked deleted.
   *
   * @throws {Pop3HandlerError} When all this is done, if a handler, a listener or a lazy message failed since the last
   * {@link reset}.
   */
  async close(): Promise<void> {
    this.#listener?.close()
    this.#listener = undefined
    await this.#dropSessions()
    const failures = this.#failures()
    if (failures.length > 0) throw new Pop3HandlerError(failures)
  }

  /** {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** What handlers, listeners and lazy messages threw. */
  #failures(): unknown[] {
    return this.#sessions.flatMap(({ entries }) =>
      entries.flatMap((entry) => (entry.type === 'error' ? [entry.error] : [])),
    )
  }

  /** Makes maildrops and history anew. */
  #furnish(): void {
    const { maildrops = {}, seed = 1 } = this.#options
    this.#random = seededRandom(seed)
    this.#sessions = []
    this.#maildrops = new Map(
      Object.entries(maildrops).map(([user, init]) => {
        // A plausible time stamp, as servers that derive unique-ids from one have it.
        const validity = 1_600_000_000 + Math.floor(seededRandom(seed, user)() * 100_000_000)
        return [user, new Maildrop(user, init, this.#persona.policies.uniqueId, validity)]
      }),
    )
  }

  #serve(wire: Wire): void {
    const id = this.#sessions.length + 1
    const session: Session = new Session({
      persona: this.#persona,
      maildrop: (user) => this.#maildrops.get(user),
      timestamp: this.#timestamp(id),
      onUpdate: (maildrop, removed) =>
        record.add({ type: 'update', user: maildrop.user, removed: removed.map(({ uid }) => uid) }),
    })
    const record = new SessionRecord(id, {
      now: () => this.#clock.now(),
      tell: (entry) => this.#listeners.tell(entry),
      live: () => session,
    })
    this.#sessions.push(record)
    const connection = new Connection({ wire, session, record, handlers: this.#handlers, clock: this.#clock })
    const served = connection.serve().finally(() => this.#connections.delete(connection))
    this.#connections.set(connection, served)
  }

  /** A msg-id that no other greeting of this server has (R20), when there is somebody who could use it. */
  #timestamp(session: number): string | undefined {
    if (!this.#persona.apop || ![...this.#maildrops.values()].some(({ apopSecret }) => apopSecret !== undefined))
      return undefined
    return formatApopTimestamp({ process: session, clock: Math.floor(this.#random() * 1e9), host: 'pop3kit.invalid' })
  }

  async #dropSessions(): Promise<void> {
    const open = [...this.#connections]
    await Promise.all(open.map(([connection]) => connection.shutDown()))
    await Promise.all(open.map(([, served]) => served))
  }

  /** Waits until no connection has read or written anything for some turns of the event loop. */
  async #settled(): Promise<void> {
    const activity = (): number =>
      [...this.#connections.keys()].reduce((sum, { activity: own }) => sum + own, this.#sessions.length)
    for (let quiet = 0, before = activity(); quiet < quietTurns; quiet += 1) {
      await turn()
      const now = activity()
      if (now !== before) quiet = -1
      before = now
    }
  }

  #listening(): TcpListener {
    if (this.#listener === undefined) {
      throw new Pop3ArgumentError('Cannot tell the address of a server that does not listen: expected listen() before')
    }
    return this.#listener
  }
}

/**
 * Sets up a mock POP3 server. It serves nobody until {@link Pop3Server.listen} or {@link Pop3Server.connect} is called.
 *
 * @example Serve a maildrop and fetch from it
 * ```ts
 * import { Pop3Client } from '@pop3kit/client'
 * import { setupPop3Server } from '@pop3kit/server'
 * import assert from 'node:assert/strict'
 *
 * const server = setupPop3Server({
 *   maildrops: { alice: { password: 'wonderland', messages: ['Subject: hello\r\n\r\nHello, Alice\r\n'] } },
 * })
 * await server.listen()
 *
 * const client = await Pop3Client.connect({
 *   host: server.host,
 *   port: server.port,
 *   auth: { user: 'alice', pass: 'wonderland' },
 * })
 * assert.deepEqual(await client.stat(), { messages: 1, octets: 32 })
 * await client.dele(1)
 * await client.quit()
 *
 * assert.equal(server.maildrop('alice').messages.length, 0)
 * assert.deepEqual(server.sessions[0]?.commands, ['USER alice', 'PASS ***', 'STAT', 'DELE 1', 'QUIT'])
 * await server.close()
 * ```
 *
 * @throws {Pop3ArgumentError} When an option cannot be used.
 */
export function setupPop3Server(options: Pop3ServerOptions = {}): Pop3Server {
  return new Pop3Server(options)
}
