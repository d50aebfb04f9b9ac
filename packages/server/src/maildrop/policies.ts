/** Policies of a maildrop: lasting properties that a persona has for all, and one maildrop may have otherwise. */
import type { MessageSize } from './message.ts'

/** How the octets of a message are counted in STAT, LIST and RETR (R29). */
export type SizeRule = (size: MessageSize) => number

/** The unique-id of the message delivered as number `serial` (from 1) to a maildrop with this `validity`. */
export type UniqueIdFormat = (message: { readonly serial: number; readonly validity: number }) => string

/**
 * Which messages a session sees: the oldest or the newest so many (M38), or those that arrived in the last days, whether they were
 * hidden or not (M39).
 */
export type MaildropWindow = { readonly oldest: number } | { readonly newest: number } | { readonly days: number }

/**
 * Puts a message into another one: what goes before and behind it, and the octets that its size grows by. It is told the number of the
 * session, and the time in milliseconds.
 */
export type Wrapping = (circumstances: { readonly session: number; readonly now: number }) => {
  readonly before: string
  readonly after: string
  readonly octets: number
}

/** What holds for a maildrop. */
export interface MaildropPolicies {
  /** `exclusive`: one session at a time (R16); `shared`: each has its own snapshot. */
  readonly lock: 'exclusive' | 'shared'
  /** How the octets of a message are counted (R29). */
  readonly size: SizeRule
  /** What a unique-id looks like when a message was given none. */
  readonly uniqueId: UniqueIdFormat
  /** Milliseconds that have to pass between two logins, on the server's clock (R50); 0 for none. */
  readonly loginDelay: number
  /** The most sessions at a time. */
  readonly sessionsPerUser: number
  /**
   * What goes at QUIT: `marked`: what DELE marked. `retrieved`: that, and what was retrieved (R40, M40). `hidden`: what DELE marked is
   * removed, and what was retrieved is hidden from later sessions (M39).
   */
  readonly deletion: 'marked' | 'retrieved' | 'hidden'
  /** Which messages a session sees (M38); all when it is `undefined`. */
  readonly window: MaildropWindow | undefined
  /** `gone`: a message that somebody else removed cannot be fetched any more; `served`: the snapshot holds it. */
  readonly expunged: 'gone' | 'served'
  /** What LAST knows of: what was retrieved in its session, or in those before as well, until RSET. */
  readonly last: 'session' | 'maildrop'
  /**
   * `renames`: RETR renames the file of a message that nobody has retrieved, as in a Maildir, and sessions that were open before do not
   * find it any more; `keeps`: it changes nothing.
   */
  readonly retrieval: 'keeps' | 'renames'
  /**
   * What is done with a message whose header is in UTF-8 when the client has not said UTF8 (R91): it is sent as it is, refused, or
   * wrapped in another one.
   */
  readonly internationalized: 'send' | 'refuse' | Wrapping
  /** Whether a password that a client gives is the one that is kept. */
  readonly samePassword: (given: string, kept: string) => boolean
}
