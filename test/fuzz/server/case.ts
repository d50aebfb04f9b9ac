/** A case of the fuzz: what some clients and the world around them do to a server, as plain data that prints and shrinks. */
import type { PersonaName } from '@pop3kit/server'

/** How clients come to the server. */
export type Way = 'memory' | 'tcp' | 'tls'

/** Mechanisms whose proof depends on what the server said. */
export type ProofMechanism = 'APOP' | 'CRAM-MD5' | 'SCRAM-SHA-1' | 'SCRAM-SHA-256'

/** One thing that happens. Octets are Latin-1 text: a character an octet. */
export type Step =
  /** Octets in pieces of so many, 0 for one piece; `then` says how long the others wait. */
  | {
      readonly type: 'send'
      readonly client: number
      readonly octets: string
      readonly pieces: number
      readonly then: 'go on' | 'turn' | 'settle'
    }
  /** A login that answers the server's challenge, rightly or not. */
  | {
      readonly type: 'prove'
      readonly client: number
      readonly mechanism: ProofMechanism
      readonly user: string
      readonly rightly: boolean
    }
  /** STLS and a real handshake. */
  | { readonly type: 'secure'; readonly client: number }
  /** Octets on the wire beside TLS, if there is TLS. */
  | { readonly type: 'garble'; readonly client: number; readonly octets: string }
  /** The client stops reading, or reads again. */
  | { readonly type: 'deafen' | 'listen'; readonly client: number }
  /** The client goes, or sends no more (FIN). */
  | { readonly type: 'reset' | 'end'; readonly client: number }
  | { readonly type: 'deliver'; readonly user: string; readonly body: number }
  | { readonly type: 'expunge'; readonly user: string; readonly position: number }
  | { readonly type: 'lock' | 'unlock'; readonly user: string }
  /** Time goes by on the server's clock. */
  | { readonly type: 'wait'; readonly ms: number }

/** How a client that is still there takes its leave: with QUIT, with FIN, with RST, or never. */
export type Leave = 'quit' | 'end' | 'reset' | 'stay'

/** A fault that the server plays, by its name. */
export type Misbehaviour = 'cut' | 'slow' | 'no terminator' | 'refuse'

export interface Case {
  readonly persona: PersonaName
  readonly way: Way
  readonly steps: readonly Step[]
  /** One a client. */
  readonly leaves: readonly Leave[]
  /** Where the server is made to misbehave: a verb. */
  readonly faults: readonly { readonly verb: string; readonly fault: Misbehaviour }[]
  /** Whether as many sessions as the server takes are tried behind it all. */
  readonly probe: boolean
}

/** The most clients of a case; the server takes one session fewer. */
export const clients = 4
