/** What callers choose: for a client, for connecting one, for a single call. */
import type { Duration } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import type { ConnectionOptions } from 'node:tls'
import type { Pop3Auth, Pop3ExternalAuth, Pop3PasswordAuth, Pop3TokenAuth } from './login/auth.ts'

/**
 * When TLS begins: never, with the first octet (port 995, RFC 8314 section 3.3), or when the server has accepted STLS behind
 * its greeting (RFC 2595 section 4). A server that refuses STLS is an error: the client never goes on in clear instead.
 */
export type Pop3TlsMode = 'none' | 'implicit' | 'starttls'

/** When TLS begins, and everything that `tls.connect()` of Node takes but for the connection itself. */
export interface Pop3TlsOptions extends Omit<
  ConnectionOptions,
  'host' | 'port' | 'path' | 'socket' | 'allowHalfOpen' | 'timeout' | 'lookup'
> {
  /** When TLS begins. */
  readonly mode: Pop3TlsMode
}

/** How a client talks over a transport that exists. */
export interface Pop3ClientOptions {
  /** The two directions of the connection: a socket, one end of `stream.duplexPair()`, or what a mock server gives. */
  readonly transport: Duplex
  /** The name or address of the server at the other end, which its certificate has to bear. Nothing is dialled. */
  readonly host?: string | undefined
  /**
   * Whether TLS protects the connection. The certificate has to be valid, from an authority that Node trusts (or one of
   * `ca`), and made out to `servername`, which is the host by default; `rejectUnauthorized: false` gives that up. A
   * transport whose host is not said has to be `localhost`.
   * @defaultValue `'none'`
   */
  readonly tls?: Pop3TlsMode | Pop3TlsOptions | undefined
  /**
   * The longest a call may wait for the server, unless the call says otherwise.
   * @defaultValue `'60s'`
   */
  readonly timeout?: Duration | undefined
  /** Drops the connection when it aborts, whatever is going on, as long as the client lives. */
  readonly signal?: AbortSignal | undefined
}

/** Whereto and as whom a client connects: it takes a `host`, or a `transport`, whose `host` may be said, too. */
export interface Pop3ConnectOptions extends Omit<Pop3ClientOptions, 'transport'> {
  /** The name or address of the server. Its certificate has to bear it. */
  readonly host?: string | undefined
  /**
   * The port of the server.
   * @defaultValue `995` with implicit TLS, else `110`
   */
  readonly port?: number | undefined
  /** A connection that exists, or is being made: then none is made to `host` and `port`. */
  readonly transport?: Duplex | undefined
  /** Who logs in; without it the session stays in the AUTHORIZATION state until `login()`. */
  readonly auth?: Pop3Auth | undefined
  /**
   * The longest a call may wait for the server, unless the call says otherwise. Connecting, TLS, greeting and login are one
   * call.
   * @defaultValue `'60s'`
   */
  readonly timeout?: Duration | undefined
}

/** Whereto a client connects, as a URL, and as whom. */
export interface Pop3UrlOptions extends Omit<Pop3ConnectOptions, 'host' | 'port' | 'auth'> {
  /** `pop://user;AUTH=mechanism@host:port` (RFC 2384): all but the host may be missing. It has no password. */
  readonly url: string
  /** What the URL does not say about who logs in; without it nobody does. */
  readonly auth?: Partial<Pop3PasswordAuth> | Partial<Pop3TokenAuth> | Partial<Pop3ExternalAuth> | undefined
}

/** What every call takes last. */
export interface Pop3CallOptions {
  /**
   * The longest this call may wait for the server, from the moment its command is sent to the end of its reply; the
   * first call of a client waits for the connection, TLS and the greeting, too. The time in which a call waits for its
   * turn, for the replies to commands ahead of its own, or for the consumer of `retrStream()`, does not count.
   * @defaultValue the timeout of the client
   */
  readonly timeout?: Duration | undefined
  /**
   * Gives the call up: it rejects with `signal.reason`. As long as its command was not sent the call is only withdrawn.
   * Afterwards the connection is dropped, because the reply is on its way: so a DELE that was given up deletes nothing.
   */
  readonly signal?: AbortSignal | undefined
}
