/** A maildrop: the messages of one mailbox, its secrets and its lock (RFC 1939 section 4). */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { Message, type MessageContent, type MessageInit, type MessageRecord } from './message.ts'

/** What a maildrop is set up with. */
export interface MaildropInit {
  /** Lets USER and PASS in with this password. */
  readonly password?: string | undefined
  /** Lets APOP in with this shared secret, and makes the greeting carry a timestamp. One maildrop should not have both (R23). */
  readonly apopSecret?: string | undefined
  /** The messages, oldest first. */
  readonly messages?: readonly MessageInit[] | undefined
}

/** The unique-id of the message delivered as number `serial` (from 1) to a maildrop with this `validity`. */
export type UniqueIdFormat = (message: { readonly serial: number; readonly validity: number }) => string

/** The messages of one mailbox. */
export class Maildrop {
  /** The user whose maildrop it is. */
  readonly user: string
  readonly #init: MaildropInit
  readonly #uniqueId: () => string
  readonly #messages = new Set<Message>()
  #holder: object | undefined

  constructor(user: string, init: MaildropInit, uniqueId: UniqueIdFormat, validity: number) {
    let serial = 0
    this.user = user
    this.#init = init
    this.#uniqueId = () => uniqueId({ serial: ++serial, validity })
    for (const message of init.messages ?? []) this.deliver(message)
  }

  /** The messages in it now, oldest first. A session works on a snapshot of them, taken at its login. */
  get messages(): readonly Message[] {
    return [...this.#messages]
  }

  /** Whether a session holds it, or {@link lock} was called. */
  get locked(): boolean {
    return this.#holder !== undefined
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
    const delivered = new Message(validUniqueId(record.uid ?? given), record)
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
    return messages.filter((message) => this.#messages.delete(message))
  }

  /** Whether a message is still in it. */
  has(message: Message): boolean {
    return this.#messages.has(message)
  }

  /** Locks it, as another process would: logins are refused until {@link unlock}. */
  lock(): void {
    this.#holder ??= this
  }

  /** Takes back {@link lock}. A lock that a session holds stays. */
  unlock(): void {
    this.release(this)
  }

  /** Takes the exclusive lock for a session, if nobody has it. */
  acquire(holder: object): boolean {
    this.#holder ??= holder
    return this.#holder === holder
  }

  /** Gives the lock back, if this is who has it. */
  release(holder: object): void {
    if (this.#holder === holder) this.#holder = undefined
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
