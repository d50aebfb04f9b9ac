/** What a SASL mechanism is on the server's side (RFC 4422 section 3): challenges go out, responses come in, and at last it is known who it is. */
import type { PlainCredentials } from '@pop3kit/codec'
import type { Maildrop } from '../maildrop/maildrop.ts'

/** What a mechanism may know of the session. */
export interface SaslContext {
  /** The maildrop of a user, if there is one. */
  readonly maildropOf: (user: string) => Maildrop | undefined
  /** The maildrop that an access token is for, if there is one. */
  readonly maildropOfToken: (token: string) => Promise<Maildrop | undefined>
  /** Whether a password is that of a maildrop. */
  readonly isPasswordOf: (maildrop: Maildrop, password: string) => boolean
  /** Reads a message of PLAIN; throws Pop3ProtocolError when it is none. */
  readonly parsePlain: (message: Uint8Array) => PlainCredentials
  /** Whether LOGIN asks for the password of this name. */
  readonly takesName: (name: string) => boolean
  /** A number as text that is never given twice. */
  readonly nonce: () => string
  /** The challenge that CRAM-MD5 begins with. */
  readonly cramChallenge: () => string
  /** The challenge that DIGEST-MD5 begins with. */
  readonly digestChallenge: () => string
  /** The common name of the client's certificate. */
  readonly clientName: string | undefined
  /** Milliseconds of the server's clock. */
  readonly now: () => number
}

/** Who was authenticated, and as whom she wants to act when that is not herself (RFC 4422 section 2). */
export interface SaslIdentity {
  readonly maildrop: Maildrop
  /** The name that she gave. */
  readonly name?: string | undefined
  readonly authorizationIdentity?: string | undefined
}

/**
 * An exchange: it gives challenges and gets responses, and returns who it is, or nothing when the credentials are wrong. A response
 * that is none of this mechanism makes it throw Pop3ProtocolError.
 */
export type SaslDialogue = AsyncGenerator<Uint8Array, SaslIdentity | undefined, Uint8Array>

/** A mechanism: the shape that every file of this folder has. */
export interface SaslMechanism {
  readonly name: string
  /** Whether the client speaks first, so that AUTH may carry an initial response (R79). */
  readonly clientFirst: boolean
  /** Whether a secret crosses the wire as it is: a password, or a token that works like one. */
  readonly cleartext: boolean
  /** Where the client speaks first, the first challenge is empty. */
  dialogue(context: SaslContext): SaslDialogue
}

/** The challenge that says nothing. */
export const nothing: Uint8Array = new Uint8Array()
