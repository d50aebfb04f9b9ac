/** What a loaded mailbox is: plain data, as the server takes it. */

/** A message of a mailbox. */
export interface MailboxMessage {
  /** The file, relative to the folder; the messages of an mbox have the same. */
  readonly file: string
  /**
   * The octets as stored, line ends included; padded where a manifest says `padTo`, without the quoting of an mbox. Messages of one file
   * share them.
   */
  readonly content: Uint8Array
  /** The unique-id (RFC 1939 section 7): as the manifest says, or the name in a Maildir without its flags. Two messages may have the same. */
  readonly uid?: string
  /** When it was delivered, in milliseconds since the epoch: as the manifest, the From_ line or the name in a Maildir says. */
  readonly arrivedAt?: number
  /** The letters of its flags in a Maildir, such as `RS` for replied and seen; `undefined` when it is in `new`. POP3 has none. */
  readonly flags?: string
}

/** What one user has. */
export interface MailboxMaildrop {
  /** For USER and PASS (RFC 1939 section 7). */
  readonly password?: string
  /** The shared secret for APOP (RFC 1939 section 7). */
  readonly apopSecret?: string
  /** The messages, oldest first. */
  readonly messages: readonly MailboxMessage[]
}

/** What was loaded. */
export interface Mailbox {
  /**
   * The messages of an mbox or a Maildir in the order of delivery; of a manifest, those that it lists outside of `users`; without such a
   * list every .eml file, "2.eml" before "10.eml".
   */
  readonly messages: readonly MailboxMessage[]
  /** What each user of the manifest has; empty without a manifest. A user without a list of messages has {@link messages}. */
  readonly maildrops: Readonly<Record<string, MailboxMaildrop>>
}
