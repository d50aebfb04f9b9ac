/** What a loaded mailbox is: plain data, as the server takes it. */

/** A message of a mailbox. */
export interface MailboxMessage {
  /** The file, relative to the folder. */
  readonly file: string
  /** The octets as stored, line ends included; padded where the manifest says `padTo`. Messages of one file share them. */
  readonly content: Uint8Array
  /** The unique-id, if the manifest gives one (RFC 1939 section 7). Two messages may have the same. */
  readonly uid?: string
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

/** What a folder holds. */
export interface Mailbox {
  /** The messages that the manifest lists outside of `users`. Without that list every .eml file, "2.eml" before "10.eml". */
  readonly messages: readonly MailboxMessage[]
  /** What each user of the manifest has; empty without a manifest. A user without a list of messages has {@link messages}. */
  readonly maildrops: Readonly<Record<string, MailboxMaildrop>>
}
