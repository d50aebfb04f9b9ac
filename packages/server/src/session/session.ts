/** The session machine: AUTHORIZATION, TRANSACTION, UPDATE (RFC 1939 section 3) over a snapshot of a maildrop. */
import { type Content, wrapped } from '../maildrop/content.ts'
import type { Maildrop } from '../maildrop/maildrop.ts'
import type { Message } from '../maildrop/message.ts'
import { type NumberedMessage, Snapshot } from '../maildrop/snapshot.ts'
import type { Persona, PersonaPolicies, PersonaState } from '../personas/persona.ts'
import { type Reply, followedBy, reply } from '../reply/reply.ts'
import { Accounts, type MaildropDirectory } from './accounts.ts'
import { Voice } from './voice.ts'

/** Where a session is. `UPDATE` is over as soon as it is answered (RFC 1939 section 6). */
export type SessionState = PersonaState | 'UPDATE'

/** What a session needs of the server around it. */
export interface SessionEnvironment {
  /** The number of the session on its server. */
  readonly id: number
  readonly persona: Persona
  /** Who can log in. */
  readonly maildrops: MaildropDirectory
  /** Whether the server can do TLS. */
  readonly tls: boolean
  /** Whether the server has as many sessions as it takes. */
  readonly isCrowded: boolean
  /** Milliseconds of the server's clock. */
  readonly now: () => number
  /** A number as text that no other call gives, out of the server's seed. */
  readonly nonce: () => string
  /** Told when UPDATE has removed messages. */
  readonly onUpdate: (maildrop: Maildrop, removed: readonly Message[]) => void
}

/** What is known of a login. */
interface Transaction {
  readonly maildrop: Maildrop
  readonly snapshot: Snapshot
  /** The verb that logged in. */
  readonly verb: string
}

/** What is known of TLS. */
interface Security {
  /** The common name of the client's certificate. */
  readonly clientName: string | undefined
}

/** A SASL exchange that is going on. */
interface Exchange {
  /** Takes a line of the client, and gives the next challenge or the outcome. */
  respond(line: Uint8Array): Reply | Promise<Reply>
}

/** One session, without its connection. */
export class Session {
  readonly id: number
  readonly persona: Persona
  /** Who may log in. */
  readonly accounts: Accounts
  /** What it says. */
  readonly voice: Voice
  /** The APOP timestamp of this session's greeting, if APOP is offered (R20). */
  readonly timestamp: string | undefined
  /** The name that USER gave, until PASS takes it. */
  claimedUser: string | undefined
  /** Whether the client has said UTF8 (R90). */
  utf8 = false
  /** The language of LANG, by its tag (R95). */
  language: string
  /** The SASL exchange that is going on: the next line is a response and no command (RFC 5034 section 4). */
  exchange: Exchange | undefined
  readonly #environment: SessionEnvironment
  /** When it began, in milliseconds of the server's clock. */
  readonly #begunAt: number
  #state: SessionState = 'AUTHORIZATION'
  /** The maildrop that it was let in to, from before its messages are counted. */
  #entered: Maildrop | undefined
  #transaction: Transaction | undefined
  #security: Security | undefined

  constructor(environment: SessionEnvironment) {
    const { id, persona, maildrops, now } = environment
    const nonce = environment.nonce()
    this.#environment = environment
    this.#begunAt = now()
    this.id = id
    this.persona = persona
    this.language = Object.keys(persona.languages)[0] ?? ''
    this.accounts = new Accounts(persona, maildrops)
    this.voice = new Voice(persona, () => ({
      state: this.commandState,
      secure: this.secure,
      session: id,
      language: this.language,
      timestamp: this.timestamp ?? '',
      nonce,
    }))
    this.timestamp = this.accounts.some(({ apopSecret }) => apopSecret !== undefined)
      ? persona.timestamp?.(this.voice.values())
      : undefined
  }

  get state(): SessionState {
    return this.#state
  }

  /** The state as far as commands go. */
  get commandState(): PersonaState {
    return this.#state === 'AUTHORIZATION' ? 'AUTHORIZATION' : 'TRANSACTION'
  }

  /** Whether QUIT has ended it. */
  get over(): boolean {
    return this.#state === 'UPDATE'
  }

  /** Who is logged in, or before that whom USER named. */
  get user(): string | undefined {
    return this.#transaction?.maildrop.user ?? this.claimedUser
  }

  /** The maildrop it is logged in to. */
  get maildrop(): Maildrop | undefined {
    return this.#transaction?.maildrop
  }

  /** The verb that logged in; empty before the login. */
  get loginVerb(): string {
    return this.#transaction?.verb ?? ''
  }

  /** The messages it works on, from the login on. Commands of the TRANSACTION state only run when there is one. */
  get snapshot(): Snapshot {
    if (this.#transaction === undefined) throw new Error('A session has no snapshot before its login')
    return this.#transaction.snapshot
  }

  /** The message that it knows by this number, marked deleted or not. */
  message(number: number): Message | undefined {
    return this.#transaction?.snapshot.message(number)
  }

  /** Whether TLS is active. */
  get secure(): boolean {
    return this.#security !== undefined
  }

  /** The common name of the client's certificate (SASL EXTERNAL). */
  get clientName(): string | undefined {
    return this.#security?.clientName
  }

  /** Whether TLS is to be had: the server can do it, and it is not too late for it. */
  get tlsAvailable(): boolean {
    // A client must not ask for TLS once it has said UTF8 (R93).
    return this.#environment.tls && (!this.utf8 || this.persona.policies.stlsAfterUtf8 === 'allowed')
  }

  /** Whether a password may be sent now (R69, M63). */
  get takesPasswords(): boolean {
    return this.secure || this.persona.policies.cleartextLogin === 'allowed'
  }

  /** The challenge that a mechanism begins with. */
  challenge(kind: 'cramChallenge' | 'digestChallenge'): string {
    return this.persona.sasl[kind]?.(this.voice.values({ nonce: this.nonce() })) ?? ''
  }

  /** What holds for the maildrop it is logged in to, or for all. */
  policies(): PersonaPolicies {
    return this.maildrop === undefined ? this.persona.policies : this.accounts.policiesOf(this.maildrop)
  }

  /** The one line that the server speaks first (R1). */
  greeting(): Reply {
    if (!this.#environment.isCrowded) return this.voice.ok('greeting')
    return this.persona.texts['greeting.crowded'] === undefined ? reply.close() : this.voice.err('greeting.crowded')
  }

  /** Milliseconds for which the client may be silent now. */
  get patience(): number {
    const { idle, loginTime } = this.persona.policies
    if (this.commandState === 'TRANSACTION') return idle.TRANSACTION
    return Math.max(0, Math.min(idle.AUTHORIZATION, this.#begunAt + loginTime - this.now()))
  }

  /** What is said to a client that was silent too long: nothing, by the letter (R14). */
  idle(): Reply {
    if (this.persona.texts.idle === undefined) return reply.close()
    return followedBy(this.voice.err('idle', { verb: this.exchange === undefined ? '' : 'AUTH' }), { type: 'close' })
  }

  /** TLS is active from now on, and what was known of the client before is not to be trusted (R63). */
  secured(security: Security): void {
    this.#security = security
  }

  /** A number as text that is never given twice. */
  nonce(): string {
    return this.#environment.nonce()
  }

  /** Milliseconds of the server's clock. */
  now(): number {
    return this.#environment.now()
  }

  /** Locks the maildrop and enters TRANSACTION (R16, R17). */
  async enter(maildrop: Maildrop): Promise<Reply> {
    const policies = this.accounts.policiesOf(maildrop)
    const obstacle = maildrop.acquire(this, policies, this.now())
    if (obstacle !== undefined) return this.voice.err(`login.${obstacle}`)
    this.#entered = maildrop
    try {
      const snapshot = await Snapshot.of(maildrop, policies, this.now())
      this.#transaction = { maildrop, snapshot, verb: this.voice.verb }
    } catch (error) {
      this.release()
      throw error
    }
    this.#state = 'TRANSACTION'
    this.voice.forgive()
    return this.voice.ok('login.ok', this.totals())
  }

  /** Ends it with QUIT: out of TRANSACTION the marked messages are removed (R38), out of AUTHORIZATION nothing is (R24). */
  quit(): Reply {
    const before = this.#transaction
    this.#state = 'UPDATE'
    if (before === undefined) return this.voice.ok('quit.beforeLogin')
    const { maildrop, snapshot } = before
    const { deletion } = this.policies()
    const removable = snapshot.removable(deletion).filter((entry) => this.#finds(entry))
    const removed = maildrop.remove(removable.map(({ message }) => message))
    if (deletion === 'hidden') maildrop.hide(snapshot.retrieved)
    this.#environment.onUpdate(maildrop, removed)
    this.release()
    return this.voice.ok('quit.ok', { ...this.totals(), marked: snapshot.marked, removed: removed.length })
  }

  /** Takes all marks away, and forgets what was retrieved (R34). */
  reset(): void {
    this.snapshot.unmarkAll()
    this.maildrop?.forgetRetrieved()
  }

  /** Gives the maildrop back. Without QUIT before it nothing is removed (R39). */
  release(): void {
    this.#entered?.noteRetrieved(this.#transaction?.snapshot.retrieved ?? [])
    this.#entered?.release(this)
  }

  /** Does something with a message, or refuses because there is none with this number (R28, R31, R32). */
  withMessage(number: number, use: (entry: NumberedMessage) => Reply): Reply {
    const entry = this.snapshot.find(number)
    if (entry === 'none') return this.voice.err('message.none', { number, messages: this.snapshot.count })
    return entry === 'deleted' ? this.voice.err('message.deleted', { number }) : use(entry)
  }

  /** Does something with the content of a message, which may be gone by now, or not be for this client (R91). */
  withContent(number: number, use: (entry: NumberedMessage, content: Content) => Reply): Reply {
    const { expunged, internationalized } = this.policies()
    return this.withMessage(number, (entry) => {
      if (expunged === 'gone' && !this.#finds(entry)) return this.voice.err('message.gone', { number })
      const { message, octets } = entry
      const content = { octets, pieces: () => message.pieces() }
      if (this.utf8 || internationalized === 'send' || !message.isInternationalized) return use(entry, content)
      if (internationalized === 'refuse') return this.voice.err('message.utf8', { number })
      return use(entry, wrapped(content, internationalized({ session: this.id, now: this.now() })))
    })
  }

  /** Remembers that a message was retrieved. */
  retrieve(entry: NumberedMessage): void {
    this.snapshot.retrieve(entry)
    if (this.policies().retrieval === 'renames') this.maildrop?.rename(entry.message, this)
  }

  /** The count and the octets of the messages that are not marked deleted (R26). */
  totals(): { messages: number; octets: number } {
    const remaining = this.snapshot.remaining
    return { messages: remaining.length, octets: remaining.reduce((sum, { octets }) => sum + octets, 0) }
  }

  /** Takes a line of the SASL exchange that is going on. */
  respond(line: Uint8Array): Reply | Promise<Reply> {
    if (this.exchange === undefined) throw new Error('A session takes responses in a SASL exchange only')
    return this.exchange.respond(line)
  }

  /** Whether a message is where it was at login, or where this session has put it. */
  #finds({ message, renamer: before }: NumberedMessage): boolean {
    const renamer = this.maildrop?.renamer(message)
    return this.maildrop?.has(message) === true && (renamer === before || renamer === this)
  }
}
