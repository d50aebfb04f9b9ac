/** The session machine: AUTHORIZATION, TRANSACTION, UPDATE (RFC 1939 section 3) over a snapshot of a maildrop. */
import { parseResponseCode } from '@pop3kit/codec'
import type { Refusal } from '../personas/argument-reader.ts'
import { type Content, wrapped } from '../maildrop/content.ts'
import type { Maildrop } from '../maildrop/maildrop.ts'
import type { Message } from '../maildrop/message.ts'
import { type NumberedMessage, Snapshot } from '../maildrop/snapshot.ts'
import type {
  CapabilityFacts,
  Persona,
  PersonaPolicies,
  PersonaState,
  PersonaText,
  PersonaTextName,
  TextValues,
} from '../personas/persona.ts'
import { encodeReply } from '../reply/encode.ts'
import { type Reply, type ReplyOptions, deliverThrough, followedBy, reply } from '../reply/reply.ts'
import { type SaslMechanismName, mechanisms } from '../sasl/index.ts'
import type { SaslExchange } from './sasl-exchange.ts'

/** Where a session is. `UPDATE` is over as soon as it is answered (RFC 1939 section 6). */
export type SessionState = PersonaState | 'UPDATE'

/** What a session needs of the server around it. */
export interface SessionEnvironment {
  /** The number of the session on its server. */
  readonly id: number
  readonly persona: Persona
  /** The maildrop of a user, if there is one. */
  readonly maildrop: (user: string) => Maildrop | undefined
  /** All maildrops. */
  readonly maildrops: () => Iterable<Maildrop>
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

/** One session, without its connection. */
export class Session {
  readonly id: number
  readonly persona: Persona
  /** The APOP timestamp of this session's greeting, if APOP is offered (R20). */
  readonly timestamp: string | undefined
  /** The name that USER gave, until PASS takes it. */
  claimedUser: string | undefined
  /** Whether the client has said UTF8 (R90). */
  utf8 = false
  /** The language of LANG, by its tag (R95). */
  language: string
  /** The SASL exchange that is going on: the next line is a response and no command (RFC 5034 section 4). */
  exchange: SaslExchange | undefined
  readonly #environment: SessionEnvironment
  readonly #nonce: string
  /** When it began, in milliseconds of the server's clock. */
  readonly #begunAt: number
  #state: SessionState = 'AUTHORIZATION'
  /** The maildrop that it was let in to, from before its messages are counted. */
  #entered: Maildrop | undefined
  #transaction: Transaction | undefined
  #security: Security | undefined
  /** How many bad commands came in a row, and whether the one that is being carried out is bad. */
  #badCommands = 0
  #isBad = false
  /** The command that is being carried out. */
  #command = { verb: '', argument: '' }

  constructor(environment: SessionEnvironment) {
    const { id, persona, nonce, now } = environment
    this.#environment = environment
    this.#nonce = nonce()
    this.#begunAt = now()
    this.id = id
    this.persona = persona
    this.language = Object.keys(persona.languages)[0] ?? ''
    this.timestamp = this.#anyMaildrop(({ apopSecret }) => apopSecret !== undefined)
      ? persona.timestamp?.(this.#values({}))
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

  /** The mechanisms that AUTH takes now, the best first: those of the persona that a maildrop can be entered by. */
  mechanisms(): SaslMechanismName[] {
    return this.persona.sasl.mechanisms.filter((name) => this.#isUsable(name))
  }

  /** What decides about the capabilities. */
  capabilityFacts(): CapabilityFacts {
    const policies = this.maildrop === undefined ? this.#policiesOfAll() : [this.policiesOf()]
    const delays = policies.map(({ loginDelay }) => Math.ceil(loginDelay / 1000))
    const expire = policies.map(({ deletion }) => (deletion === 'marked' ? 'NEVER' : '0'))
    const delay = Math.max(...delays)
    return {
      state: this.commandState,
      loginVerb: this.loginVerb,
      knows: (verb) => verb in this.persona.commands,
      secure: this.secure,
      stls: this.tlsAvailable && !this.secure,
      login: this.takesPasswords && this.#anyMaildrop(({ password }) => password !== undefined),
      mechanisms: this.mechanisms(),
      loginDelay: delay === 0 ? undefined : `${delay}${differ(delays)}`,
      expire: `${expire.includes('0') ? '0' : 'NEVER'}${differ(expire)}`,
    }
  }

  /** The challenge that a mechanism begins with. */
  challenge(kind: 'cramChallenge' | 'digestChallenge'): string {
    return this.persona.sasl[kind]?.(this.#values({ nonce: this.nonce() })) ?? ''
  }

  /** What holds for the maildrop it is logged in to, or for all. */
  policiesOf(maildrop: Maildrop | undefined = this.maildrop): PersonaPolicies {
    return { ...this.persona.policies, ...maildrop?.policies }
  }

  /** The one line that the server speaks first (R1). */
  greeting(): Reply {
    if (!this.#environment.isCrowded) return this.ok('greeting')
    return this.persona.texts['greeting.crowded'] === undefined ? reply.close() : this.err('greeting.crowded')
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
    return followedBy(this.err('idle', { verb: this.exchange === undefined ? '' : 'AUTH' }), { type: 'close' })
  }

  /** What a name is looked up as; `undefined` when no mailbox can have it. */
  canonicalName(name: string): string | undefined {
    const { userName } = this.persona.grammar
    return userName === undefined ? name : userName(name)
  }

  /** The maildrop of a user. */
  maildropOf(user: string): Maildrop | undefined {
    if (this.persona.grammar.userName === undefined) return this.#environment.maildrop(user)
    const name = this.canonicalName(user)
    if (name === undefined) return undefined
    return [...this.#environment.maildrops()].find((maildrop) => this.canonicalName(maildrop.user) === name)
  }

  /** Whether a password is that of a maildrop. */
  isPasswordOf(maildrop: Maildrop, password: string): boolean {
    return maildrop.password !== undefined && this.policiesOf(maildrop).samePassword(password, maildrop.password)
  }

  /** The maildrop that an access token opens. */
  async maildropOfToken(token: string): Promise<Maildrop | undefined> {
    for (const maildrop of this.#environment.maildrops()) {
      if (await maildrop.accessTokens.accepts(token, this.now())) return maildrop
    }
    return undefined
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
    const policies = this.policiesOf(maildrop)
    const obstacle = maildrop.acquire(this, policies, this.now())
    if (obstacle !== undefined) return this.err(`login.${obstacle}`)
    this.#entered = maildrop
    try {
      const snapshot = await Snapshot.of(maildrop, policies, this.now())
      this.#transaction = { maildrop, snapshot, verb: this.#command.verb }
    } catch (error) {
      this.release()
      throw error
    }
    this.#state = 'TRANSACTION'
    this.#badCommands = 0
    return this.ok('login.ok', this.totals())
  }

  /** Ends it with QUIT: out of TRANSACTION the marked messages are removed (R38), out of AUTHORIZATION nothing is (R24). */
  quit(): Reply {
    const before = this.#transaction
    this.#state = 'UPDATE'
    if (before === undefined) return this.ok('quit.beforeLogin')
    const { maildrop, snapshot } = before
    const { deletion } = this.policiesOf(maildrop)
    const removable = snapshot.removable(deletion).filter((entry) => this.#finds(entry))
    const removed = maildrop.remove(removable.map(({ message }) => message))
    if (deletion === 'hidden') maildrop.hide(snapshot.retrieved)
    this.#environment.onUpdate(maildrop, removed)
    this.release()
    return this.ok('quit.ok', { ...this.totals(), marked: snapshot.marked, removed: removed.length })
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
    if (entry === 'none') return this.err('message.none', { number, messages: this.snapshot.count })
    return entry === 'deleted' ? this.err('message.deleted', { number }) : use(entry)
  }

  /** Does something with the content of a message, which may be gone by now, or not be for this client (R91). */
  withContent(number: number, use: (entry: NumberedMessage, content: Content) => Reply): Reply {
    const { expunged, internationalized } = this.policiesOf()
    return this.withMessage(number, (entry) => {
      if (expunged === 'gone' && !this.#finds(entry)) return this.err('message.gone', { number })
      const { message, octets } = entry
      const content = { octets, pieces: () => message.pieces() }
      if (this.utf8 || internationalized === 'send' || !message.isInternationalized) return use(entry, content)
      if (internationalized === 'refuse') return this.err('message.utf8', { number })
      return use(entry, wrapped(content, internationalized({ session: this.id, now: this.now() })))
    })
  }

  /** Remembers that a message was retrieved. */
  retrieve(entry: NumberedMessage): void {
    this.snapshot.retrieve(entry)
    if (this.policiesOf().retrieval === 'renames') this.maildrop?.rename(entry.message, this)
  }

  /** The count and the octets of the messages that are not marked deleted (R26). */
  totals(): { messages: number; octets: number } {
    const remaining = this.snapshot.remaining
    return { messages: remaining.length, octets: remaining.reduce((sum, { octets }) => sum + octets, 0) }
  }

  /** A command is carried out from now on; when the one before it was not bad, that was the end of a row of bad ones. */
  begin(verb: string, argument: string): void {
    if (!this.#isBad && !this.persona.policies.uncounted.includes(this.#command.verb)) this.#badCommands = 0
    this.#isBad = false
    this.#command = { verb, argument }
  }

  /** Takes a line of the SASL exchange that is going on. */
  respond(line: Uint8Array): Reply | Promise<Reply> {
    if (this.exchange === undefined) throw new Error('A session takes responses in a SASL exchange only')
    return this.exchange.respond(line)
  }

  /** A positive reply in the persona's words. */
  ok(text: PersonaTextName, values: Partial<TextValues> = {}, options: ReplyOptions = {}): Reply {
    const words = this.#fill(this.persona.texts[text], values)
    return this.#mannered(text, reply.ok(words, { charset: this.#charset, ...options }))
  }

  /** A negative reply in the persona's words. */
  err(text: PersonaTextName, values: Partial<TextValues> = {}): Reply {
    const refusal = this.#mannered(text, this.#refuse(this.persona.texts[text], values))
    return this.persona.policies.badTexts.includes(text) ? this.#bad(refusal) : refusal
  }

  /** A negative reply to arguments that were refused. */
  refused({ text, bad }: Refusal): Reply {
    const refusal = this.#refuse(text, {})
    return bad ? this.#bad(refusal) : refusal
  }

  #refuse(text: PersonaText | undefined, values: Partial<TextValues>): Reply {
    const { code, text: words } = parseResponseCode(this.#fill(text, values))
    return reply.err(words, { code, charset: this.#charset })
  }

  /** Counts the command that is being carried out as a bad one; behind too many in a row the connection is closed. */
  #bad(refusal: Reply): Reply {
    this.#isBad = true
    this.#badCommands += 1
    if (this.#badCommands < this.persona.policies.badCommands[this.commandState]) return refusal
    const farewell = encodeReply(this.err('command.tooMany'))
    const both = deliverThrough(refusal, async function* (steps) {
      yield* steps
      yield* farewell
    })
    return followedBy(both, { type: 'close' })
  }

  /** Whether a message is where it was at login, or where this session has put it. */
  #finds({ message, renamer: before }: NumberedMessage): boolean {
    const renamer = this.maildrop?.renamer(message)
    return this.maildrop?.has(message) === true && (renamer === before || renamer === this)
  }

  #isUsable(name: SaslMechanismName): boolean {
    if (mechanisms.get(name)?.cleartext === true && !this.takesPasswords) return false
    switch (name) {
      case 'EXTERNAL':
        return this.clientName !== undefined
      case 'SCRAM-SHA-1-PLUS':
        return this.secure
      case 'XOAUTH2':
      case 'OAUTHBEARER':
        return this.#anyMaildrop(({ accessTokens }) => accessTokens.possible)
      default:
        return this.#anyMaildrop(({ password }) => password !== undefined)
    }
  }

  /** The policies that a session could come under. */
  #policiesOfAll(): PersonaPolicies[] {
    const all = [...this.#environment.maildrops()].map((maildrop) => this.policiesOf(maildrop))
    return all.length > 0 ? all : [this.persona.policies]
  }

  get #charset(): Reply['charset'] {
    return this.persona.grammar.encoding === 'latin-1' ? 'latin-1' : 'utf-8'
  }

  #anyMaildrop(is: (maildrop: Maildrop) => boolean): boolean {
    return [...this.#environment.maildrops()].some(is)
  }

  /** As quick and as friendly as the persona is behind this text. */
  #mannered(text: PersonaTextName, answer: Reply): Reply {
    const { delays, closesAfter } = this.persona.policies
    const ms = delays[text] ?? 0
    const paced =
      ms === 0
        ? answer
        : deliverThrough(answer, async function* (steps) {
            yield { type: 'wait', ms }
            yield* steps
          })
    return closesAfter.includes(text) ? followedBy(paced, { type: 'close' }) : paced
  }

  #fill(text: PersonaText | undefined, given: Partial<TextValues>): string {
    const values = this.#values(given)
    if (typeof text === 'function') return text(values)
    return (text ?? '').replaceAll(/\{(\w+)\}/g, (_, word: string) => String(Reflect.get(values, word) ?? '')).trimEnd()
  }

  #values(given: Partial<TextValues>): TextValues {
    return {
      state: this.commandState,
      secure: this.secure,
      session: this.id,
      ...this.#command,
      number: 0,
      messages: 0,
      octets: 0,
      lines: 0,
      marked: 0,
      removed: 0,
      last: 0,
      language: this.language,
      timestamp: this.timestamp ?? '',
      nonce: this.#nonce,
      ...given,
    }
  }
}

/** What a capability ends with when it is another one for other users (RFC 2449 sections 6.5 and 6.7). */
function differ(values: readonly unknown[]): '' | ' USER' {
  return new Set(values).size > 1 ? ' USER' : ''
}
