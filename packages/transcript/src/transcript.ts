/** What a transcript holds: sessions, and in each what was said, in which pieces, with which pauses, and how it ended. */

/** Recorded or written sessions, in the order in which they began. */
export interface Transcript {
  /** The sessions, the one that began first before the others. */
  readonly sessions: readonly TranscriptSession[]
}

/** One session. */
export interface TranscriptSession {
  /** What happened, in order. */
  readonly events: readonly TranscriptEvent[]
}

/** Who did something. */
export type Party = 'client' | 'server'

/** Something that happened in a session. */
export type TranscriptEvent =
  /** The server sent octets in one piece. */
  | { readonly type: 'reply'; readonly octets: Uint8Array }
  /** The client said a line, its line end included if it had one. Secrets in it are `***`. */
  | { readonly type: 'command'; readonly octets: Uint8Array }
  /** Nothing happened for so many milliseconds. */
  | { readonly type: 'pause'; readonly ms: number }
  /** From here on the session was inside TLS (RFC 2595 section 4). */
  | { readonly type: 'tls' }
  /** The server sent octets that were not kept. */
  | { readonly type: 'omitted'; readonly octets: number }
  /** Something that changed nothing on the wire, in words: a fault that took effect. `parseTranscript` passes over it. */
  | { readonly type: 'note'; readonly text: string }
  /** Somebody closed the connection (FIN) or reset it (RST). */
  | { readonly type: 'end'; readonly by: Party; readonly how: 'close' | 'reset' }
