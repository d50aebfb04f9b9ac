/** How a reply reaches the wire: a list of steps. Faults and handlers change the list; transports carry it out. */

/** Which part of a reply octets belong to. */
export type WirePart = 'status' | 'body' | 'terminator'

/** A message that RETR brings. */
export interface RetrievedMessage {
  /** Its number in the session, from 1. */
  readonly number: number
  /** Its unique-id. */
  readonly uid: string
}

/** One step of a delivery. */
export type Step =
  /** Octets go out. Writes that follow each other leave in one piece. */
  | { readonly type: 'write'; readonly part: WirePart; readonly octets: Uint8Array }
  /** Nothing happens for so many milliseconds of the server's clock; what was written before is out. */
  | { readonly type: 'wait'; readonly ms: number }
  /** What was written before leaves in a piece of its own. */
  | { readonly type: 'flush' }
  /**
   * The server closes the connection (FIN). `politely`: a client that closes at once may be first. `silently`: under TLS without saying so
   * before (close_notify, RFC 8446 section 6.1).
   */
  | { readonly type: 'close'; readonly politely?: boolean; readonly silently?: boolean }
  /** The server resets the connection (RST). */
  | { readonly type: 'reset' }
  /** The server closes its half of the connection (FIN) and reads on until the client closes, too. */
  | { readonly type: 'halfClose' }
  /** The TLS handshake is due; what follows is secured. */
  | { readonly type: 'startTls' }
  /** Nothing more is sent, and the connection stays open until the client closes it. */
  | { readonly type: 'stall' }
  /** Changes nothing on the wire: the transcript says that a fault took effect here. */
  | { readonly type: 'fault'; readonly name: string }
  /** Changes nothing on the wire: here a message has gone out whole. */
  | ({ readonly type: 'retrieved' } & RetrievedMessage)

/** The steps of a delivery, in order. */
export type Steps = Iterable<Step> | AsyncIterable<Step>

/** Changes a delivery: takes the steps of an honest one, or of the transform before it, and gives others. */
export type DeliveryTransform = (steps: Steps) => AsyncIterable<Step>
