/** A way to log in, with what the caller has given for it. */
import type { Capabilities, ReplyStatus } from '@pop3kit/codec'
import type { Connection } from '../connection.ts'

/** What is known of the server. */
export interface Offer {
  readonly greeting: ReplyStatus
  /** What it has announced; `undefined` when it was not asked. */
  readonly capabilities: Capabilities | undefined
}

export interface LoginWay {
  readonly name: string
  /** Whether it sends the password or the token as it is, to be read by whoever can listen. */
  readonly cleartext: boolean
  /** Whether it sends characters that only a server with `UTF8 USER` takes (RFC 6856 section 2.2; R94). */
  readonly needsUtf8: boolean
  /** Whether the server announces it. */
  isOffered(offer: Offer): boolean
  /** Goes this way; `-ERR` is thrown. It adds to `secrets`, which stand in no error, what it says. */
  go(connection: Connection, offer: Offer, secrets: string[]): Promise<void>
}

/** Whether text holds other characters than those of ASCII. */
export function needsUtf8(text: string): boolean {
  return /[^\0-\x7f]/.test(text)
}
