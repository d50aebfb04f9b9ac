/** Handlers: middleware between a command and its reply. A fault is one of them, ready-made. */
import type { Command } from '@pop3kit/codec'
import type { FaultForm } from '../faults/fault.ts'
import type { Maildrop } from '../maildrop/maildrop.ts'
import type { Message } from '../maildrop/message.ts'
import type { Reply } from '../reply/reply.ts'
import type { SessionState } from '../session/session.ts'

/**
 * Where a handler stands: a verb in upper case, `*` for every command, or one of the points that are no command.
 * `connection`: accepted, nothing said yet. `tls`: the handshake is due. `greeting`: the first line is due. `response`: a line
 * of a SASL exchange was read. `idle`: the client was silent too long.
 * `close`: the server is about to close.
 */
export type HandlerPoint = 'connection' | 'tls' | 'greeting' | 'response' | 'idle' | 'close' | (string & {})

/** What happens in a session that handlers may answer. */
export interface Situation {
  /** Where it was called: a verb, or `connection`, `tls`, `greeting`, `response`, `idle`, `close`. */
  readonly point: HandlerPoint
  /** The command; `undefined` where there is none. */
  readonly command: Command | undefined
  /** The session it happens in, as it is now: the same object each time. */
  readonly session: {
    /** The number of the session on this server, from 1. */
    readonly id: number
    /** The state it is in. */
    readonly state: SessionState
    /** Who is logged in, or before that whom USER named. */
    readonly user: string | undefined
    /** The message that it knows by this number, marked deleted or not. */
    message(number: number): Message | undefined
  }
  /** The maildrop that the session is logged in to. */
  readonly maildrop: Maildrop | undefined
}

/** What a handler is told. */
export interface HandlerContext extends Situation {
  /** How often the handler's place was reached, this time included. */
  readonly occurrence: number
  /**
   * Numbers from 0 up to 1 out of the server's seed, a sequence of its own for each handler: the same seed gives the same ones in every
   * run.
   */
  readonly random: () => number
}

/** Asks the next handler that matches, and after the last one the server itself; asked again, it gives the same reply. */
export type Next = () => Promise<Reply>

/** Replies one after the other, one each time a handler is reached. */
export type Replies = Generator<Reply, void, void> | AsyncGenerator<Reply, void, void>

/**
 * Answers in the server's stead, or changes what the server answers; nothing means: whatever comes next. A generator gives one reply each time it is reached, and
 * is out of the way when it has ended.
 */
export interface HandlerFunction {
  /** Answers, or leaves the answer to the next by giving nothing back. */
  (context: HandlerContext, next: Next): Reply | undefined | Promise<Reply | undefined> | Replies
  /** What it plays when it is a fault, as it was written: `cut({ octet: 1200 })`. */
  readonly fault?: string
  /** The same as JSON can hold it. */
  readonly form?: FaultForm
}

/** Which commands a handler is for: the first word as a number, the whole argument as text, or a pattern for it. */
export type ArgumentMatcher = number | string | RegExp

/** When and how often a handler is asked. */
export interface HandlerOptions {
  /** Only the first time. */
  readonly once?: boolean | undefined
  /** Only so many times. */
  readonly times?: number | undefined
  /** Not before its place is reached for the `nth` time, from 1; and only then unless `times` says otherwise. */
  readonly nth?: number | undefined
  /** Only in the session with this number, from 1. */
  readonly session?: number | undefined
  /** Only in sessions of this user: logged in, or named by USER. */
  readonly user?: string | undefined
  /** Only while the scenario is in this state; it begins in `start`. */
  readonly when?: string | undefined
  /** The state that the scenario is in afterwards. */
  readonly then?: string | undefined
  /** Which scenario that is: each is in a state of its own. Handlers that name none are of one scenario, too. */
  readonly scenario?: string | undefined
}

/** A handler with its place. Made by {@link pop3}, used by `server.use()`. */
export interface Handler {
  /** Where it stands, as it was written: `RETR 2`, `greeting`. */
  readonly place: string
  /** The verb or the point, `*` for every command. */
  readonly point: HandlerPoint
  /** The arguments it is for; without one it is for all. */
  readonly argument: ArgumentMatcher | undefined
  /** What answers there, the first around the second and so on. */
  readonly responders: readonly HandlerFunction[]
  /** When and how often it is asked. */
  readonly options: HandlerOptions
}

/** What {@link Pop3Server.listHandlers} says of a handler. */
export interface HandlerUse {
  /** Where it stands: `RETR 2`, `greeting`. */
  readonly place: string
  /** The faults it plays: `cut({ octet: 1200 })`. */
  readonly faults: readonly string[]
  /** What it is made of, in order, as JSON can hold it; `undefined` for a function that is no fault. */
  readonly forms: readonly (FaultForm | undefined)[]
  /** When and how often it is asked. */
  readonly options: HandlerOptions
  /** How often it was asked. */
  readonly uses: number
  /** How often one of its faults took effect: not when a reply ended before the place of the fault. */
  readonly fired: number
  /** The same for each of `faults`, in their order. */
  readonly effects: readonly number[]
}
