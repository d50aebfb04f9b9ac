/** What is recorded of a session, and told as an event while it happens. */
import type { RetrievedMessage } from '../reply/delivery.ts'

/** Nothing secret is in an entry: passwords, digests and tokens are `***`. */
export interface EntryTypes {
  /** A connection was accepted. */
  readonly open: { readonly transport: 'tcp' | 'memory' }
  /** A command was read. */
  readonly command: {
    readonly verb: string
    /** The line as it was typed, without its end. */
    readonly line: string
  }
  /** A line of a SASL exchange was read (RFC 5034 section 4). */
  readonly response: {
    /** `***`, or `*` when it cancels. */
    readonly line: '***' | '*'
  }
  /** Octets that had come in clear were thrown away when TLS began (R65). */
  readonly discarded: { readonly count: number }
  /** The TLS handshake is over. */
  readonly tls: {
    /** The version, such as `TLSv1.3`; `undefined` when it failed. */
    readonly protocol: string | undefined
    /** The host that the client asked for (SNI). */
    readonly host: string | undefined
    /** The common name of the client's certificate. */
    readonly clientName: string | undefined
    /** Why it failed. */
    readonly error: Error | undefined
  }
  /** A handler was asked. */
  readonly handler: { readonly place: string }
  /** Octets went out in one piece. */
  readonly sent: {
    /** How many. */
    readonly count: number
    /** The octets, as far as they are kept: the first {@link ServerLimits.recordedOctets} of each reply. */
    readonly octets: Uint8Array
  }
  /** The delivery waits, for so many milliseconds of the server's clock. */
  readonly wait: { readonly ms: number }
  /**
   * Whether the client has read what was sent before apart from what follows could not be proved: it reads too slowly, or it is in another
   * process and no Linux tells what it has read.
   */
  readonly unproved: object
  /** A fault took effect. */
  readonly fault: { readonly name: string }
  /** A message went out whole: its octets as they lie there, and the terminator (RETR). */
  readonly retrieved: RetrievedMessage
  /** UPDATE removed these messages for good (RFC 1939 section 6). */
  readonly update: { readonly user: string; readonly removed: readonly string[] }
  /** A handler or a listener threw, or a lazy message could not be read. */
  readonly error: { readonly error: unknown }
  /** The session is over. */
  readonly close: {
    /** Who ended it. */
    readonly by: 'client' | 'server'
    /** How: `quit`, `idle`, `handler` (a handler, a fault or the persona closed), `shutdown`, `handshake` (TLS failed), `end` (the client closed), `reset` (the client reset). */
    readonly how: CloseReason
    /** What the other side saw of it: the end of the octets (FIN), or a reset (RST). */
    readonly wire: 'fin' | 'reset'
    /** What the client had sent of a command line that it never ended (M71), redacted. */
    readonly unfinished: string | undefined
  }
}

/** Why a session ended. */
export type CloseReason = 'quit' | 'idle' | 'handler' | 'shutdown' | 'handshake' | 'end' | 'reset'

/** An entry as it is made, before its session adds where and when. */
export type EntryDetails = {
  readonly [Type in keyof EntryTypes]: { readonly type: Type } & EntryTypes[Type]
}[keyof EntryTypes]

/** Where and when an entry was made. */
export interface EntryPlace {
  /** The session's number. */
  readonly session: number
  /** When, in milliseconds of the server's clock. */
  readonly at: number
}

/** One entry of a record. */
export type Entry = EntryDetails & EntryPlace

/** An entry of one type. */
export type EntryOf<Type extends Entry['type']> = Extract<EntryDetails, { type: Type }> & EntryPlace
