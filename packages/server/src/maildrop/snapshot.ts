/** What a session sees of a maildrop: numbers and sizes fixed at login, and what it marked deleted (RFC 1939 sections 4 and 5, R25, R32). */
import type { Maildrop } from './maildrop.ts'
import type { Message } from './message.ts'
import type { MaildropPolicies } from './policies.ts'

/** A message under its number. */
export interface NumberedMessage {
  /** From 1, in the order of the maildrop. */
  readonly number: number
  readonly message: Message
  /** What STAT and LIST say of its size. */
  readonly octets: number
  /** Who had renamed its file at login. */
  readonly renamer: object | undefined
}

/** The messages of a maildrop as they were at login. */
export class Snapshot {
  readonly #entries: readonly NumberedMessage[]
  readonly #marked = new Set<NumberedMessage>()
  readonly #retrieved = new Set<NumberedMessage>()
  /** The highest number that was retrieved in earlier sessions, where that counts. */
  #lastBefore: number

  private constructor(entries: readonly NumberedMessage[], lastBefore: number) {
    this.#entries = entries
    this.#lastBefore = lastBefore
  }

  /** Numbers the messages of a maildrop that may be seen; lazy ones are counted now, one after the other. */
  static async of(maildrop: Maildrop, policies: MaildropPolicies, now: number): Promise<Snapshot> {
    const { size: sizeRule, window, last } = policies
    const entries: NumberedMessage[] = []
    for (const message of maildrop.visible(window, now)) {
      const size = message.size()
      entries.push({
        number: entries.length + 1,
        message,
        octets: sizeRule(size instanceof Promise ? await size : size),
        renamer: maildrop.renamer(message),
      })
    }
    const before = last === 'maildrop' ? entries.findLast(({ message }) => maildrop.wasRetrieved(message)) : undefined
    return new Snapshot(entries, before?.number ?? 0)
  }

  /** All messages that are not marked deleted. */
  get remaining(): readonly NumberedMessage[] {
    return this.#marked.size === 0 ? this.#entries : this.#entries.filter((entry) => !this.#marked.has(entry))
  }

  /** The messages that were fetched with RETR. */
  get retrieved(): readonly Message[] {
    return [...this.#retrieved].map(({ message }) => message)
  }

  /** The highest message number that was retrieved since the last RSET, or 0 (LAST). */
  get last(): number {
    return [...this.#retrieved].reduce((last, { number }) => Math.max(last, number), this.#lastBefore)
  }

  /** The messages that QUIT removes: those that are marked, and perhaps those that were retrieved (R40). */
  removable(deletion: MaildropPolicies['deletion']): readonly NumberedMessage[] {
    const goes = (entry: NumberedMessage): boolean =>
      this.#marked.has(entry) || (deletion === 'retrieved' && this.#retrieved.has(entry))
    return this.#entries.filter(goes)
  }

  /** How many messages there are, marked or not. */
  get count(): number {
    return this.#entries.length
  }

  /** How many of them are marked. */
  get marked(): number {
    return this.#marked.size
  }

  /** The message with this number, marked or not. */
  message(number: number): Message | undefined {
    return this.#entries[number - 1]?.message
  }

  /** The message with this number, unless there is none or it is marked deleted. */
  find(number: number): NumberedMessage | 'none' | 'deleted' {
    const entry = this.#entries[number - 1]
    if (entry === undefined) return 'none'
    return this.#marked.has(entry) ? 'deleted' : entry
  }

  /** Marks a message deleted. */
  mark(entry: NumberedMessage): void {
    this.#marked.add(entry)
  }

  /** Remembers that a message was fetched. */
  retrieve(entry: NumberedMessage): void {
    this.#retrieved.add(entry)
  }

  /** Takes all marks away (RSET), and forgets what was fetched (M40). */
  unmarkAll(): void {
    this.#marked.clear()
    this.#retrieved.clear()
    this.#lastBefore = 0
  }
}
