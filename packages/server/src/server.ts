/** The mock server: maildrops, handlers and sessions, and the ways in. */
import { Pop3ArgumentError, formatPopUrl } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import { type KeyPair, authorityCertificate, clientCertificate } from './certificates/authority.ts'
import type { ServerClock } from './clock.ts'
import { clockNamed } from './clock/clock-named.ts'
import type { OwnClock } from './clock/own-clock.ts'
import { Settling } from './clock/settling.ts'
import { type SocketTimeouts, socketTimeoutsOn } from './clock/socket-timeouts.ts'
import { Pop3HandlerError } from './errors.ts'
import { type Listener, Listeners } from './events.ts'
import { HandlerList } from './handlers/handler-list.ts'
import type { Handler, HandlerUse } from './handlers/handler.ts'
import { assertNonePending } from './handlers/pending.ts'
import { type Limits, limitsOf } from './limits.ts'
import { Maildrop } from './maildrop/maildrop.ts'
import { personaNamed } from './personas/index.ts'
import type { Persona } from './personas/persona.ts'
import { type Random, seededRandom } from './random.ts'
import type { Entry } from './record/entry.ts'
import { Secrets } from './record/secrets.ts'
import { SessionRecord } from './record/session-record.ts'
import type { ConnectOptions, ListeningAddress, Pop3ServerOptions } from './server-options.ts'
import type { MaildropDirectory } from './session/accounts.ts'
import { Session } from './session/session.ts'
import { Connection } from './transports/connection.ts'
import { memoryConnection } from './transports/memory.ts'
import { type ListenOptions, TcpListener } from './transports/tcp.ts'
import { TlsAcceptor } from './transports/tls.ts'
import type { Wire } from './transports/wire.ts'

/**
 * A POP3 server inside this process. Made by {@link setupPop3Server}.
 */
export class Pop3Server {
  readonly #options: Pop3ServerOptions
  readonly #persona: Persona
  readonly #handlers: HandlerList
  readonly #listeners = new Listeners()
  readonly #clock: OwnClock
  readonly #connections = new Map<Wire, { readonly connection: Connection; readonly served: Promise<void> }>()
  readonly #settling = new Settling(() => this.#connections.keys())
  readonly #socketTimeouts: SocketTimeouts | undefined
  #maildrops = new Map<string, Maildrop>()
  readonly #directory: MaildropDirectory = {
    get: (user) => this.#maildrops.get(user),
    values: () => this.#maildrops.values(),
  }
  readonly #secrets = new Secrets(this.#directory)
  #sessions: SessionRecord[] = []
  readonly #tls: TlsAcceptor
  readonly #limits: Limits
  #bound: TcpListener[] = []
  #random: Random = () => 0

  /** Use {@link setupPop3Server}. */
  constructor(options: Pop3ServerOptions) {
    const { persona = 'strict', clock = 'real', socketTimeouts = 'real', seed = 1, handlers = [], tls = {} } = options
    if (!Number.isSafeInteger(seed))
      throw new Pop3ArgumentError(`Cannot use "${seed}" as a seed: expected a whole number`)
    this.#options = options
    this.#persona = typeof persona === 'string' ? personaNamed(persona) : persona
    this.#handlers = new HandlerList(handlers, seed)
    this.#tls = new TlsAcceptor(tls === false ? {} : tls)
    this.#limits = limitsOf(options.limits)
    this.#clock = clockNamed(clock, () => this.settled())
    this.#socketTimeouts = socketTimeoutsOn(socketTimeouts, this.#clock)
    this.#furnish()
  }

  /** What every random choice derives from. */
  get seed(): number {
    return this.#options.seed ?? 1
  }

  /** The server's clock: scripted delays and idle timers run on it. */
  get clock(): ServerClock {
    return this.#clock
  }

  /** The address that it listens on: the first one. */
  get host(): string {
    return this.#listening().host
  }

  /** The port that it listens on: the first one. */
  get port(): number {
    return this.#listening().port
  }

  /** The first address as a POP URL (RFC 2384): `pop://127.0.0.1:49152`. */
  get url(): string {
    return this.#listening().url
  }

  /** Every address that it listens on, one for each {@link listen}. */
  get addresses(): readonly ListeningAddress[] {
    return this.#bound.map(({ host, port, tls }) => ({ host, port, tls, url: formatPopUrl({ host, port }) }))
  }

  /** The sessions since the start or the last {@link reset}, open and over, the oldest first. */
  get sessions(): readonly SessionRecord[] {
    return this.#sessions
  }

  /**
   * Listens on TCP: on loopback and a free port when nothing else is said. It may be called again, for a second port with implicit
   * TLS.
   *
   * @throws {Pop3ListenError} When the address or the port cannot be had.
   * @throws {Pop3ArgumentError} When TLS is wanted of a server without it.
   */
  async listen(options: ListenOptions = {}): Promise<this> {
    const { tls = 'none' } = options
    this.#checkTls(tls)
    this.#bound.push(await TcpListener.open(options, (wire) => this.#serve(wire, tls)))
    return this
  }

  /**
   * A connection without a port: the same session machine, every write of the server a chunk of its own.
   *
   * @throws {Pop3ArgumentError} When TLS is wanted of a server without it.
   */
  connect(options: ConnectOptions = {}): Duplex {
    const { tls = 'none' } = options
    this.#checkTls(tls)
    const { client, wire } = memoryConnection()
    this.#serve(wire, tls)
    return client
  }

  /**
   * The certificate that a client has to trust, as PEM: that of the authority which signs the generated certificates. All servers of
   * a process have the same one.
   *
   * @example Fetch over TLS with a certificate that is checked
   * ```ts
   * import { setupPop3Server } from '@pop3kit/server'
   * import assert from 'node:assert/strict'
   * import { once } from 'node:events'
   * import { connect } from 'node:tls'
   *
   * const server = setupPop3Server()
   * await server.listen({ tls: 'implicit' })
   *
   * const socket = connect({ host: 'localhost', port: server.port, ca: await server.certificateAuthority() })
   * const [greeting] = await once(socket, 'data')
   * assert.equal(socket.authorized, true)
   * assert.equal(String(greeting), '+OK POP3 server ready\r\n')
   * socket.end()
   * await server.close()
   * ```
   */
  certificateAuthority(): Promise<string> {
    return authorityCertificate()
  }

  /**
   * Makes the generated certificate one for more names and addresses, from the next handshake on; `redirect()` does so for its hosts.
   *
   * @returns A function that takes them away.
   */
  certifyFor(hosts: readonly string[]): () => void {
    return this.#tls.certifyFor(hosts)
  }

  /**
   * A certificate that lets a client in as this user by SASL EXTERNAL, when the server was set up with `clientCertificates`.
   */
  clientCertificate(user: string): Promise<KeyPair> {
    return clientCertificate(user)
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
   * Makes sure that every fault has fired: each as often as `once`, `times` or `nth` say, and the others at least once. A fault whose
   * place no reply reached has not fired.
   *
   * @throws {Pop3PendingFaultsError} When one has not; the message is a table of handlers, expected and actual numbers.
   */
  assertNoPendingFaults(): void {
    assertNonePending(this.#handlers.list(), this.seed)
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

  /** The transcripts of all sessions, with the seed in the first line; {@link SessionRecord.transcript} says what the lines are. */
  transcript(): string {
    const sessions = this.#sessions.map((session) => `# session ${session.id}\n${session.transcript()}`)
    return `# seed ${this.seed}\n${sessions.join('\n')}`
  }

  /**
   * Waits until what is on its way has been read, by the server and by clients in this process, and everybody waits for the clock or for the
   * other side. It sees octets, connections being made, and files being written, as far as Node tells of them. It does not see what a client
   * computes in the thread pool (crypto, zlib), asks of others over the network, or does in another process. A client that neither reads nor
   * says anything is not waited for: it is given a quarter of a second of real time, once.
   *
   * Under Jest's fake timers it also runs what they hold back of `process.nextTick` and `queueMicrotask`, if the clock is `'timers'`.
   *
   * @example See what a client has said so far
   * ```ts
   * import { fault, pop3, setupPop3Server } from '@pop3kit/server'
   * import assert from 'node:assert/strict'
   *
   * const server = setupPop3Server({ clock: 'virtual' })
   * server.use(pop3.any(fault.slow('2s')))
   * const client = server.connect()
   * client.write('CAPA\r\n')
   * await server.settled()
   * assert.deepEqual(server.sessions[0]?.commands, ['CAPA'])
   * await server.close()
   * ```
   */
  async settled(): Promise<void> {
    await this.#settling.settled(() => this.#clock.runJobs())
    this.#socketTimeouts?.look(this.#connections.keys())
  }

  /**
   * Back to the state of creation: handlers, maildrops, history, the virtual clock and the seed. Open sessions are dropped; it goes on
   * listening.
   *
   * @throws {Pop3HandlerError} When all this is done, if a handler, a listener or a lazy message failed since the last time.
   */
  async reset(): Promise<void> {
    await this.#dropSessions()
    const failures = this.#failures()
    this.#handlers.reset([])
    this.#clock.reset()
    this.#furnish()
    if (failures.length > 0) throw new Pop3HandlerError(failures, this.seed)
  }

  /**
   * Stops listening and drops the sessions that are open; their maildrops keep what was marked deleted.
   *
   * @throws {Pop3HandlerError} When all this is done, if a handler, a listener or a lazy message failed since the last
   * {@link reset}.
   */
  async close(): Promise<void> {
    for (const listener of this.#bound) listener.close()
    this.#bound = []
    await this.#dropSessions()
    const failures = this.#failures()
    if (failures.length > 0) throw new Pop3HandlerError(failures, this.seed)
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
    const records: SessionRecord[] = []
    const sessions = (name: string): SessionRecord[] => records.filter((record) => record.user === name)
    this.#sessions = records
    this.#maildrops = new Map(
      Object.entries(maildrops).map(([user, init]) => {
        // A plausible time stamp, as servers that derive unique-ids from one have it.
        const validity = 1_600_000_000 + Math.floor(seededRandom(seed, user)() * 100_000_000)
        const now = (): number => this.#clock.now()
        const { uniqueId } = this.#persona.policies
        return [user, new Maildrop(user, init, { uniqueId, validity, now, sessions })]
      }),
    )
  }

  #serve(wire: Wire, tls: 'none' | 'implicit'): void {
    const id = this.#sessions.length + 1
    const session: Session = new Session({
      id,
      persona: this.#persona,
      maildrops: this.#directory,
      tls: this.#options.tls !== false,
      isCrowded: this.#connections.size >= Math.min(this.#limits.sessions, this.#persona.policies.connections),
      now: () => this.#clock.now(),
      nonce: () => String(Math.floor(this.#random() * 1e9)),
      onUpdate: (maildrop, removed) =>
        record.add({ type: 'update', user: maildrop.user, removed: removed.map(({ uid }) => uid) }),
    })
    const record = new SessionRecord(id, {
      now: () => this.#clock.now(),
      tell: (entry) => this.#listeners.tell(entry),
      live: () => session,
      keptOctets: this.#limits.recordedOctets,
      secrets: this.#secrets,
    })
    this.#sessions.push(record)
    const connection = new Connection({
      wire,
      session,
      record,
      handlers: this.#handlers,
      clock: this.#clock,
      tls: this.#tls,
      implicitTls: tls === 'implicit',
      limits: this.#limits,
    })
    const served = connection.serve().finally(() => this.#connections.delete(wire))
    this.#connections.set(wire, { connection, served })
  }

  async #dropSessions(): Promise<void> {
    const open = [...this.#connections.values()]
    await Promise.all(open.map(({ connection }) => connection.shutDown()))
    await Promise.all(open.map(({ served }) => served))
  }

  #checkTls(tls: 'none' | 'implicit'): void {
    if (tls !== 'none' && tls !== 'implicit') {
      throw new Pop3ArgumentError(`Cannot use "${String(tls)}" as tls: expected 'none' or 'implicit'`)
    }
    if (tls === 'implicit' && this.#options.tls === false) {
      throw new Pop3ArgumentError(`Cannot do TLS: the server was set up with tls: false`)
    }
  }

  #listening(): ListeningAddress {
    const [first] = this.addresses
    if (first === undefined) {
      throw new Pop3ArgumentError('Cannot tell the address of a server that does not listen: expected listen() before')
    }
    return first
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
 * assert.deepEqual(server.sessions[0]?.commands.slice(-3), ['STAT', 'DELE 1', 'QUIT'])
 * await server.close()
 * ```
 *
 * @throws {Pop3ArgumentError} When an option cannot be used.
 */
export function setupPop3Server(options: Pop3ServerOptions = {}): Pop3Server {
  return new Pop3Server(options)
}
