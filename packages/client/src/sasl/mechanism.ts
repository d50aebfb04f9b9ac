/** A SASL mechanism, the client's side of it (RFC 4422 section 5, RFC 5034 section 4). */
import { Pop3ProtocolError, type ReplyStatus } from '@pop3kit/codec'

/**
 * What is said in an exchange. It takes the replies of the server and gives responses. The first one is given before anything
 * has come: the initial response, or `undefined` when the server begins. A mechanism that takes nothing from a challenge
 * does not look at it, and so goes on at whatever asks it to (M57).
 */
export type Conversation = Generator<Uint8Array | undefined, void, ReplyStatus>

export interface Mechanism<Credentials> {
  /** As CAPA and AUTH have it. */
  readonly name: string
  /** Whether it sends what it logs in with as it is, to be read by whoever can listen. */
  readonly cleartext: boolean
  readonly converse: (credentials: Credentials) => Conversation
  /** What answers a challenge that comes when all has been said, and tells what is wrong (R86, R89); otherwise it is `*`. */
  readonly afterFailure?: Uint8Array
}

/** The server says within the exchange that it fails. */
export class Failure extends Error {}

/** The server does not prove what it has to. Nothing more must be said to it. */
export class UntrustedServer extends Pop3ProtocolError {}
