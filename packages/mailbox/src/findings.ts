/** What comes to light while a mailbox is read. `loadMailbox` throws it, `validateMailbox` collects it: both read in the same way. */
import type { FileError } from '@pop3kit/yaml-file'

/** The octets of a message in the file that holds them. */
export interface StoredMessage {
  /** The path of the file. */
  readonly file: string
  /** All octets of the file. */
  readonly whole: Uint8Array
  /** The first octet of the message, from 0. */
  readonly start: number
  /** The octet behind its last one. */
  readonly end: number
}

/** Told of what comes to light. */
export interface Findings {
  /** Something cannot be loaded. Whoever returns from this goes on without it. */
  refuse(error: FileError): void
  /** Something is loaded as it is, and is not as it should be. */
  warn(error: FileError): void
  /** A message was read. */
  message(stored: StoredMessage): void
}
