/** A maildrop: the messages of one mailbox, its secrets and its lock (RFC 1939 section 4). */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { AccessTokens, type AccessTokensInit } from './access-tokens.ts'
import { Message, type MessageContent, type MessageInit, type MessageRecord } from './message.ts'
import type { MaildropPolicies, MaildropWindow, UniqueIdFormat } from './policies.ts'
import type { SessionRecord } from '../record/session-record.ts'

/** What a maildrop is set up with. */
export interface MaildropInit {
  /** Lets USER and PASS in with this password. */
  readonly password?: string | undefined
  /** Lets APOP in with this shared secret, and makes the greeting carry a timestamp. One maildrop should not have both (R23). */
  readonly apopSecret?: string | undefined
  /** The access tokens that let XOAUTH2 and OAUTHBEARER in. */
  readonly accessTokens?: AccessTokensInit | undefined
  /** The messages, oldest first. */
  readonly messages?: readonly MessageInit[] | undefined
  /** What holds for this maildrop in place of what the persona says. */
  readonly policies?: Partial<MaildropPolicies> | undefined
}

/** Why nobody more is let in. */
export type Obstacle = 'tooSoon' | 'tooMany' | 'locked'

/** What a maildrop needs of its server. */
export interface MaildropEnvironment {
  /** What a unique-id looks like. */
  readonly uniqueId: UniqueIdFormat
  /** A number that unique-ids of this maildrop hold, and those of another one do not (UIDVALIDITY of RFC 9051). */
  readonly validity: number
  /** Milliseconds of the server's clock. */
  readonly now: () => number
  /** The sessions of a user. */
  readonly sessions: (user: string) => readonly SessionRecord[]
}

/** The messages of one mailbox. */
export class Maildrop {
  /** The user whose maildrop it is. */
  readonly user: string
  /** The access tokens that let XOAUTH2 and OAUTHBEARER in. */
  readonly accessTokens: AccessTokens
  /** What sessions that are over retrieved since the last RSET (LAST). */
  #retrieved = new WeakSet<Message>()
  readonly #init: MaildropInit
  readonly #uniqueId: () => string
  readonly #now: () => number
  readonly #sessionsOf: (user: string) => readonly SessionRecord[]
  readonly #messages = new Set<Message>()
  readonly #renamers = new WeakMap<Message, object>()
  /** What was retrieved under the policy `hidden` (M39). */
  readonly #hidden = new Set<Message>()
  readonly #sessions = new Set<object>()
  #holder: object | undefined
  /** How many messages were to be removed while nothing is. */
  #kept: number | undefined
  #lastLogin = -Infinity

  constructor(user: string, init: MaildropInit, { uniqueId, validity, now, sessions }: MaildropEnvironment) {
    let serial = 0
    this.user = user
    this.accessTokens = new AccessTokens(init.accessTokens, now)
    this.#init = init
    this.#now = now
    this.#sessionsOf = sessions
    this.#uniqueId = () => (init.policies?.uniqueId ?? uniqueId)({ serial: ++serial, validity })
    for (const message of init.messages ?? []) this.deliver(message)
  }

  /** The messages in it now, oldest first. A session works on a snapshot of them, taken at its login. */
  get messages(): readonly Message[] {
    return [...this.#messages]
  }

  /** The sessions of its user, open and over, the oldest first. */
  get sessions(): readonly SessionRecord[] {
    return this.#sessionsOf(this.user)
  }

  /** Whether a session holds it, or {@link lock} was called. */
  get locked(): boolean {
    return this.#holder !== undefined
  }

  /** The policies of its own. */
  get policies(): Partial<MaildropPolicies> {
    return this.#init.policies ?? {}
  }

  /** The password for USER and PASS, if it has one. */
  get password(): string | undefined {
    return this.#init.password
  }

  /** The shared secret for APOP, if it has one. */
  get apopSecret(): string | undefined {
    return this.#init.apopSecret
  }

  /**
   * Adds a message at the end. Sessions that are open do not see it (RFC 1939 section 4, R25).
   *
   * @throws {Pop3ArgumentError} When the unique-id cannot be one (R36).
   */
  deliver(message: MessageInit): Message {
    const record = asRecord(message)
    // The serial moves on even when a unique-id is given, so that none is used twice (R36).
    const given = this.#uniqueId()
    const delivered = new Message(validUniqueId(record.uid ?? given), { arrivedAt: this.#now(), ...record })
    this.#messages.add(delivered)
    return delivered
  }

  /**
   * Removes a message behind the back of every session: what they then get is "it is gone".
   *
   * @param which Its position now, from 1, or its unique-id.
   * @throws {Pop3ArgumentError} When there is no such message.
   */
  expunge(which: number | string): void {
    const message = this.messages.find(({ uid }, index) => uid === which || index + 1 === which)
    if (message === undefined) {
      throw new Pop3ArgumentError(
        `Cannot expunge message "${which}": the maildrop of "${this.user}" holds ${this.#messages.size} messages`,
      )
    }
    this.remove([message])
  }

  /** Removes messages for good; answers which of them were still there. */
  remove(messages: readonly Message[]): Message[] {
    if (this.#kept !== undefined) {
      this.#kept += messages.length
      return []
    }
    return messages.filter((message) => this.#messages.delete(message))
  }

  /** Does something meanwhile, and removes nothing; counts what would have been removed (M41). */
  async withoutRemovals<Outcome>(act: () => Promise<Outcome>): Promise<{ outcome: Outcome; count: number }> {
    this.#kept = 0
    try {
      return { outcome: await act(), count: this.#kept }
    } finally {
      this.#kept = undefined
    }
  }

  /** Whether a message is still in it. */
  has(message: Message): boolean {
    return this.#messages.has(message)
  }

  /** The session that has renamed the file of a message by being the first to retrieve it. */
  renamer(message: Message): object | undefined {
    return this.#renamers.get(message)
  }

  /** Renames the file of a message that nobody has retrieved. */
  rename(message: Message, session: object): void {
    if (!this.#renamers.has(message)) this.#renamers.set(message, session)
  }

  /** Locks it, as another process would: logins are refused until {@link unlock}. */
  lock(): void {
    this.#holder ??= this
  }

  /** Takes back {@link lock}. A lock that a session holds stays. */
  unlock(): void {
    this.release(this)
  }

  /** The messages that a session may see, oldest first. */
  visible(window: MaildropWindow | undefined, now: number): readonly Message[] {
    // M39: the "recent" mode of Gmail shows what was hidden, too.
    if (window !== undefined && 'days' in window) {
      return this.messages.filter(({ arrivedAt }) => arrivedAt > now - window.days * 86_400_000)
    }
    const shown = this.messages.filter((message) => !this.#hidden.has(message))
    if (window === undefined) return shown
    return 'oldest' in window ? shown.slice(0, window.oldest) : shown.slice(Math.max(0, shown.length - window.newest))
  }

  /** Remembers what a session retrieved. */
  noteRetrieved(messages: readonly Message[]): void {
    for (const message of messages) this.#retrieved.add(message)
  }

  /** Whether an earlier session retrieved a message. */
  wasRetrieved(message: Message): boolean {
    return this.#retrieved.has(message)
  }

  /** Forgets what was retrieved. */
  forgetRetrieved(): void {
    this.#retrieved = new WeakSet()
  }

  /** Hides messages from the sessions to come; they stay in the maildrop (M39). */
  hide(messages: readonly Message[]): void {
    for (const message of messages) this.#hidden.add(message)
  }

  /** Lets a session in, or says why not (R16, R17, R50). */
  acquire(session: object, { lock, loginDelay, sessionsPerUser }: MaildropPolicies, now: number): Obstacle | undefined {
    if (now - this.#lastLogin < loginDelay) return 'tooSoon'
    if (this.#sessions.size >= sessionsPerUser) return 'tooMany'
    if (this.#holder !== undefined && this.#holder !== session) return 'locked'
    if (lock === 'exclusive') this.#holder = session
    this.#sessions.add(session)
    this.#lastLogin = now
    return undefined
  }

  /** Lets go of a session, and of the lock if it had it. */
  release(session: object): void {
    this.#sessions.delete(session)
    if (this.#holder === session) this.#holder = undefined
  }
}

function asRecord(message: MessageInit): MessageRecord {
  return typeof message === 'object' && 'content' in message ? message : { content: message as MessageContent }
}

function validUniqueId(uid: string): string {
  if (!/^[\x21-\x7e]{1,70}$/.test(uid)) {
    throw new Pop3ArgumentError(
      `Cannot use "${uid}" as a unique-id: expected 1 to 70 octets from 0x21 to 0x7E (RFC 1939 section 7)`,
    )
  }
  return uid
}
