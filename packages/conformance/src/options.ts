/** What the suite is told about a server. */
import { canonical, encodeText, parseDuration, Pop3ArgumentError, type Duration } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import type { TlsSettings } from './dial.ts'

/** When TLS begins: never, with the first octet (port 995), or with STLS. */
export type TlsMode = 'none' | 'implicit' | 'starttls'

/** TLS, and whom to trust. */
export interface TlsOptions {
  /** When it begins. */
  readonly mode: TlsMode
  /** Certificate authorities to trust in place of those of Node, as PEM. */
  readonly ca?: string | readonly string[] | undefined
  /**
   * The name that the certificate must have.
   * @defaultValue the host
   */
  readonly servername?: string | undefined
  /**
   * Whether a certificate that nobody vouches for ends the run.
   * @defaultValue `true`
   */
  readonly rejectUnauthorized?: boolean | undefined
}

/** What is known of a message of the maildrop, in the order of message-numbers. Octets alone are its content. */
export type KnownMessage =
  | Uint8Array
  | string
  | {
      /** Its octets as they are stored; text is taken as UTF-8. */
      readonly content?: Uint8Array | string | undefined
      /** Its size in octets, every end of line counted as CRLF. */
      readonly octets?: number | undefined
    }

/** What the suite is told about a server, and what it may do there. */
export interface CheckServerOptions {
  /** The host; not needed beside `connect`. */
  readonly host?: string | undefined
  /**
   * The port.
   * @defaultValue `110`, with implicit TLS `995`
   */
  readonly port?: number | undefined
  /**
   * TLS.
   * @defaultValue `'none'`
   */
  readonly tls?: TlsMode | TlsOptions | undefined
  /** Whose maildrop it is. */
  readonly user: string
  /** The password, for USER and PASS and for SASL. */
  readonly password?: string | undefined
  /** The shared secret for APOP. */
  readonly apopSecret?: string | undefined
  /**
   * Who logs in with the APOP secret: a maildrop should not have both it and a password (R23).
   * @defaultValue `user`
   */
  readonly apopUser?: string | undefined
  /** An access token for XOAUTH2 and OAUTHBEARER. */
  readonly accessToken?: string | undefined
  /** What is known of the messages of the maildrop, all of them. Without it only what the server says is held against what it says. */
  readonly messages?: readonly KnownMessage[] | undefined
  /**
   * Whether messages may be deleted. Without it no check says DELE. With it checks that need `marks` mark messages and end without
   * UPDATE, so that only a faulty server loses them, and each check that needs `removal` removes the last message of the maildrop.
   * @defaultValue `false`
   */
  readonly allowDeletions?: boolean | undefined
  /**
   * How long to wait for the next octet. Some servers answer a wrong password after half a minute.
   * @defaultValue `'30s'`
   */
  readonly timeout?: Duration | undefined
  /**
   * How long the whole run may take; the checks that are left then are not testable. Time that `wait` takes does not count.
   * @defaultValue `'15m'`
   */
  readonly timeLimit?: Duration | undefined
  /** Which checks to run, by requirement (`R12`) or by id (`list-deleted`); without it all. */
  readonly only?: readonly string[] | undefined
  /**
   * Lets so many milliseconds pass. With it the checks of the inactivity timer run, which lasts ten minutes and more: give it what
   * moves a virtual clock, or what really waits.
   */
  readonly wait?: ((ms: number) => Promise<void>) | undefined
  /** Makes a connection in place of TCP: `() => server.connect()`. With implicit TLS one whose peer begins with a handshake. */
  readonly connect?: (() => Duplex | Promise<Duplex>) | undefined
}

/** What is known of a message: its octets with CRLF, its size. */
export interface KnownFacts {
  readonly content: Uint8Array | undefined
  readonly octets: number | undefined
}

/** The options as the suite uses them. */
export interface Settings extends CheckServerOptions {
  readonly mode: TlsMode
  readonly tlsSettings: TlsSettings
  readonly where: { readonly host: string; readonly port: number }
  readonly known: readonly KnownFacts[] | undefined
  /** In milliseconds. */
  readonly patience: number
  /** In milliseconds. */
  readonly limit: number
}

/** @throws {@link Pop3ArgumentError} when something would break a command line, or a duration is none. */
export function settingsOf(options: CheckServerOptions): Settings {
  for (const name of ['user', 'password', 'apopUser', 'apopSecret', 'accessToken'] as const) {
    if (/[\r\n\0]/.test(options[name] ?? '')) {
      throw new Pop3ArgumentError(`Cannot log in with this ${name}: expected no CR, LF or NUL in it`)
    }
  }
  const { tls = 'none', host = 'localhost', messages, timeout = '30s', timeLimit = '15m' } = options
  const { mode, ...trust }: TlsOptions = typeof tls === 'string' ? { mode: tls } : tls
  const port = options.port ?? (mode === 'implicit' ? 995 : 110)
  return {
    ...options,
    mode,
    // Where TLS is not asked for, a password goes in clear anyhow: what is checked then is the protocol, not the certificate.
    tlsSettings: {
      ca: trust.ca,
      servername: trust.servername ?? host,
      rejectUnauthorized: trust.rejectUnauthorized ?? mode !== 'none',
    },
    where: { host, port },
    known: messages?.map(factsOf),
    patience: parseDuration(timeout),
    limit: parseDuration(timeLimit),
  }
}

function factsOf(message: KnownMessage): KnownFacts {
  const { content, octets } =
    typeof message === 'string' || message instanceof Uint8Array ? { content: message, octets: undefined } : message
  if (content === undefined) return { content, octets }
  const wire = canonical(typeof content === 'string' ? encodeText(content) : content)
  return { content: wire, octets: octets ?? wire.length }
}
