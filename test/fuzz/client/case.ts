/** A case of the fuzz of the client: what it is told, and what is done with it, as plain data that prints and shrinks. */
import type { Pop3PasswordMechanism, Pop3TokenMechanism } from '@pop3kit/client'
import type { FaultForm, PersonaName } from '@pop3kit/server'

/** A stretch of what would be said, and what is said in its place: Latin-1 text, so many times. */
export interface Slip {
  /** Where: octets from the beginning, or from the end if it is negative. */
  readonly at: number
  /** How many octets of it are left out. */
  readonly length: number
  readonly text: string
  readonly times: number
}

/** What is said to one line of the client. */
export interface Answer {
  /** The verb of the line, `greeting`, or `response` for a line of a SASL exchange; and how many such lines there were before. */
  readonly place: string
  readonly nth: number
  /** What stands in the place of the honest reply, if that is not where it begins: Latin-1 text. */
  readonly instead: string | undefined
  readonly slips: readonly Slip[]
  /** Octets of a piece; 0 for as few pieces as there may be. */
  readonly pieces: number
  /** Milliseconds before it. */
  readonly delay: number
  /** How it goes on: more is said, or the connection is ended or reset, or nothing more comes. */
  readonly then: 'go on' | 'end' | 'reset' | 'silence'
}

/** Handlers of the mock server: faults at a place. */
export interface Misbehaviour {
  /** A verb, `any`, or a point such as `greeting`. */
  readonly place: string
  readonly faults: readonly FaultForm[]
  readonly options: { readonly once?: boolean; readonly nth?: number }
}

/** Who talks to the client: a peer that says what it is told to, else what is honest; or a server that misbehaves. */
export type Source =
  | { readonly type: 'peer'; readonly pipelining: boolean; readonly answers: readonly Answer[] }
  | {
      readonly type: 'server'
      readonly persona: PersonaName
      readonly way: Way
      readonly misbehaviours: readonly Misbehaviour[]
    }

/** How the client comes to a server. */
export type Way = 'memory' | 'starttls' | 'tcp' | 'tls'

/** A way to log in; `best` leaves the choice to the client. */
export type Mechanism = Pop3PasswordMechanism | Pop3TokenMechanism | 'best'

export interface Login {
  readonly mechanism: Mechanism
  /** Whether the password or the token is the right one. */
  readonly rightly: boolean
}

/** One call of the client, and what is done with what it gives. */
export type Call =
  | { readonly verb: 'CAPA' | 'STAT' | 'NOOP' | 'RSET' | 'QUIT' | 'UTF8' | 'LANG' | 'close' }
  /** Calls for whose outcome nobody waits. */
  | { readonly verb: 'forget'; readonly number: number }
  | { readonly verb: 'login'; readonly login: Login }
  | { readonly verb: 'LIST' | 'UIDL'; readonly number: number | undefined }
  | { readonly verb: 'RETR' | 'DELE'; readonly number: number }
  | { readonly verb: 'TOP'; readonly number: number; readonly lines: number }
  | ({ readonly verb: 'stream'; readonly number: number } & Reading)
  | {
      readonly verb: 'messages'
      /** How each message is fetched. */
      readonly by: 'bytes' | 'stream' | 'nothing'
      /** Whether it is marked as deleted when it is there. */
      readonly mark: boolean
      /** Behind so many messages the loop is left, or nobody goes on with it. */
      readonly after: number
      readonly then: 'leave' | 'vanish'
    }

/** More pieces or messages than there are. */
export const endless = 1_000_000

/** How the consumer of a stream behaves. */
export interface Reading {
  /** Milliseconds that it takes over each piece. */
  readonly pause: number
  /** Behind so many pieces it leaves the loop, or goes away without leaving it. */
  readonly after: number
  readonly then: 'leave' | 'vanish'
}

/** One thing that the user of the client does. */
export type Step =
  | {
      readonly type: 'call'
      readonly call: Call
      /** Whether the next step waits for it. */
      readonly wait: boolean
      /** The time limit of the call (ms). */
      readonly timeout: number | undefined
      /** When it is given up: before, when it has been made, or so many milliseconds behind that. */
      readonly abort: 'before' | 'at once' | number | undefined
    }
  | { readonly type: 'wait'; readonly ms: number }

export interface Case {
  readonly source: Source
  /** Whether `connect()` makes the client, and logs in at once. */
  readonly connect: boolean
  readonly utf8: boolean
  readonly login: Login | undefined
  /** Whether it asks what the server can do, behind the login: so it learns of PIPELINING. */
  readonly capa: boolean
  readonly steps: readonly Step[]
}
