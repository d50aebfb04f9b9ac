/** A check: one requirement of a server, as data with a function that finds out. */
import type { CheckContext } from './context.ts'

/** How strongly the RFC asks for it. Where it only describes what a server does, that is a `MUST`. */
export type Level = 'MUST' | 'SHOULD'

/**
 * What a check cannot do without. Without an offer of the server it comes to `not offered`, without what the caller must give or
 * the maildrop must hold to `not testable`.
 *
 * - `message`, `two messages`: in the maildrop
 * - `known content`: what octets the messages are
 * - `password`: for USER and PASS, and the server takes them
 * - `marks`: it marks messages with DELE and ends without UPDATE, so that a lawful server keeps them
 * - `removal`: it removes the last message of the maildrop for good
 * - `failed logins`: it logs in with something wrong, which some servers punish with delays; nothing that the caller must give
 * - `waiting`: it lets more than ten minutes pass
 * - `APOP`, `APOP secret`, `access token`: announced, and given
 * - `CAPA`, `TOP`, `UIDL`: the server has the command
 * - `clear`: a connection can be had without TLS; `STLS`: and STLS on it; `TLS`: TLS can be had one way or the other
 * - `implicit TLS`: the server is asked for TLS from the first octet on
 * - `capability X`: CAPA lists it before or after the login; `mechanism X`: SASL lists it
 */
export type Need =
  | 'message'
  | 'two messages'
  | 'known content'
  | 'password'
  | 'marks'
  | 'removal'
  | 'failed logins'
  | 'waiting'
  | 'APOP'
  | 'APOP secret'
  | 'access token'
  | 'CAPA'
  | 'TOP'
  | 'UIDL'
  | 'clear'
  | 'STLS'
  | 'TLS'
  | 'implicit TLS'
  | `capability ${string}`
  | `mechanism ${string}`

/** What a check is, without how it finds out. */
export interface CheckDescription {
  /** Its name, unique in the suite: `list-deleted`. */
  readonly id: string
  /** The number of the requirement in docs/conformance.md: `R28`. */
  readonly requirement: string
  /** How strongly the RFC asks for it. */
  readonly level: Level
  /** What holds when it passes, as a sentence. */
  readonly title: string
  /** What it cannot do without. */
  readonly needs: readonly Need[]
}

/** A check of the suite. It returns when it passes, and throws a verdict when it does not. */
export interface Check extends CheckDescription {
  readonly run: (server: CheckContext) => Promise<void>
}
