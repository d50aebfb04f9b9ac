/** What callers choose: for a client, for connecting one, for a single call. */
import type { Duration } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import type { Pop3Auth } from './login.ts'

/** How a client talks over a transport that exists. */
export interface Pop3ClientOptions {
  /** The two directions of the connection: a socket, one end of `stream.duplexPair()`, or what a mock server gives. */
  readonly transport: Duplex
  /**
   * The longest a call may wait for the server, unless the call says otherwise.
   * @defaultValue `'60s'`
   */
  readonly timeout?: Duration | undefined
  /** Drops the connection when it aborts, whatever is going on, as long as the client lives. */
  readonly signal?: AbortSignal | undefined
}

/** Whereto and as whom a client connects: it takes either a `host` or a `transport`. */
export interface Pop3ConnectOptions {
  /** The name or address of the server. */
  readonly host?: string | undefined
  /**
   * The port of the server.
   * @defaultValue `110`
   */
  readonly port?: number | undefined
  /** A connection that exists, or is being made, in place of `host` and `port`. */
  readonly transport?: Duplex | undefined
  /** Who logs in; without it the session stays in the AUTHORIZATION state until `login()`. */
  readonly auth?: Pop3Auth | undefined
  /**
   * The longest a call may wait for the server, unless the call says otherwise. Connecting, greeting and login are one call.
   * @defaultValue `'60s'`
   */
  readonly timeout?: Duration | undefined
  /** Drops the connection when it aborts, whatever is going on, as long as the client lives. */
  readonly signal?: AbortSignal | undefined
}

/** What every call takes last. */
export interface Pop3CallOptions {
  /**
   * The longest this call may wait for the server, from the moment its command is sent to the end of its reply; the
   * first call of a client waits for the greeting, too. The time in which a call waits for its turn, or for the consumer
   * of `retrStream()`, does not count.
   * @defaultValue the timeout of the client
   */
  readonly timeout?: Duration | undefined
  /**
   * Gives the call up: it rejects with `signal.reason`. As long as its command was not sent the call is only withdrawn;
   * in mid-reply the connection is dropped, because it is out of step.
   */
  readonly signal?: AbortSignal | undefined
}
