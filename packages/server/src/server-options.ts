/** How a server is set up and reached. */
import type { Handler } from './handlers/handler.ts'
import type { ServerLimits } from './limits.ts'
import type { MaildropInit } from './maildrop/maildrop.ts'
import type { PersonaName } from './personas/index.ts'
import type { Persona } from './personas/persona.ts'
import type { TlsOptions } from './transports/tls.ts'

/** What a server is set up with. */
export interface Pop3ServerOptions {
  /** The mailboxes, by user name. */
  readonly maildrops?: Readonly<Record<string, MaildropInit>> | undefined
  /** Whom it answers like. @default {'strict'} */
  readonly persona?: PersonaName | Persona | undefined
  /** How it does TLS; `false` for not at all. STLS needs nothing here: a certificate is made on first use. */
  readonly tls?: TlsOptions | false | undefined
  /** What it takes at most. */
  readonly limits?: ServerLimits | undefined
  /** Handlers that stay when {@link Pop3Server.resetHandlers} is called. */
  readonly handlers?: readonly Handler[] | undefined
  /** Every random choice derives from it. @default {1} */
  readonly seed?: number | undefined
  /**
   * What scripted delays and idle timers run on: `real`, the computer's time; `virtual`, time that only `clock.advance()` moves; `timers`, the
   * `setTimeout` and `Date.now` of `globalThis` as they are at the time, so that the fake timers of Vitest and Jest move them.
   * @default {'real'}
   */
  readonly clock?: 'real' | 'virtual' | 'timers' | undefined
  /**
   * `clock`: a client's socket in this process gets its `timeout` event, too, when `clock.advance()` has passed what it was given with
   * `socket.setTimeout()` and no octets have moved. That is a simulation: Node's own timers for it are out of reach and stay. @default {'real'}
   */
  readonly socketTimeouts?: 'real' | 'clock' | undefined
}

/** An address that a server listens on. */
export interface ListeningAddress {
  /** The address. */
  readonly host: string
  /** The port. */
  readonly port: number
  /** `implicit` where the TLS handshake comes first. */
  readonly tls: 'none' | 'implicit'
  /** The address as a POP URL (RFC 2384). */
  readonly url: string
}

/** How a connection without a port begins. */
export interface ConnectOptions {
  /** `implicit`: the TLS handshake comes first. @default {'none'} */
  readonly tls?: 'none' | 'implicit' | undefined
}
