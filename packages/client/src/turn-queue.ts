/** The calls on one connection, in the order they were made: one has its turn, the others wait (R52). */
import { concatOctets } from '@pop3kit/codec'
import type { Connection } from './connection.ts'
import { Pop3ClosedError, type Pop3Phase, Pop3TimeoutError } from './errors.ts'
import { type Call, Turn } from './turn.ts'
import { Window } from './window.ts'

interface Waiting {
  readonly turn: Turn
  readonly admit: () => void
  readonly leave: (reason: unknown) => void
}

export class TurnQueue {
  /** Whether a command may go out before the replies to those ahead of it have come (R51). */
  pipelining = false
  readonly #connection: Connection
  /** Those whose commands are out come first. */
  readonly #waiting = new Set<Waiting>()
  #current: Turn | undefined
  #held = false

  constructor(connection: Connection) {
    this.#connection = connection
    const { ended } = connection
    ended.addEventListener('abort', () => {
      for (const { turn, leave } of this.#waiting) leave(lost(turn.phase, turn.sent, ended.reason))
    })
  }

  /** Whether the command of the next call could go out together with that of the current one. */
  get hasFollower(): boolean {
    const [next] = this.#waiting
    return next?.turn.call.request !== undefined
  }

  /** Resolves when what comes is for this call; the turn must be given back with `release`. */
  take(call: Call): Promise<Turn> {
    return new Promise((resolve, reject) => {
      call.signal?.throwIfAborted()
      const { ended } = this.#connection
      if (ended.aborted) throw lost(call.phase, false, ended.reason)
      const leave = (reason: unknown): void => {
        this.#waiting.delete(waiting)
        turn.end()
        reject(reason)
      }
      const turn = new Turn(call, {
        onTimeout: () => leave(unread(call.phase, turn.timeout)),
        onAbort: (reason) => {
          leave(reason)
          if (turn.sent) this.#connection.abandon(reason)
        },
      })
      const waiting: Waiting = { turn, admit: () => resolve(turn), leave }
      this.#waiting.add(waiting)
      if (this.#held) turn.deadline.run()
      this.#admitNext()
      if (this.#current?.sent) this.send()
    })
  }

  /** Sends the command of the call whose turn it is, and those behind it that need not wait, as far as that is not done. */
  send(): void {
    const turns = this.#sendable()
    if (turns.length === 0) return
    this.#connection.write(concatOctets(turns.map(({ octets }) => octets)), turns.length)
    for (const { turn } of turns) {
      turn.sent = true
      turn.committed = true
    }
  }

  /** The call is over: the next one has its turn. */
  release(): void {
    this.#current = undefined
    this.#connection.end()
    this.#admitNext()
  }

  /**
   * The consumer of a body is away, and its time is not the server's. Whoever waits behind it counts that time, because
   * the consumer may itself be waiting for them.
   */
  hold(): void {
    this.#held = true
    this.#current?.deadline.hold()
    for (const { turn } of this.#waiting) turn.deadline.run()
  }

  /** The consumer is back. */
  resume(): void {
    this.#held = false
    this.#current?.deadline.run()
    for (const { turn } of this.#waiting) turn.deadline.hold()
  }

  #admitNext(): void {
    if (this.#current) return
    const [next] = this.#waiting
    if (!next) return
    this.#waiting.delete(next)
    this.#current = next.turn
    this.#connection.begin(next.turn)
    next.admit()
  }

  #sendable(): { readonly turn: Turn; readonly octets: Uint8Array }[] {
    const sendable = []
    const window = new Window()
    for (const turn of this.#line()) {
      const { request, streamed } = turn.call
      if (!request || !window.admits(request)) break
      if (!turn.sent) sendable.push({ turn, octets: request.octets })
      if (!this.pipelining || streamed) break
    }
    return sendable
  }

  *#line(): Generator<Turn> {
    if (this.#current) yield this.#current
    for (const { turn } of this.#waiting) yield turn
  }
}

function lost(phase: Pop3Phase, sent: boolean, cause: unknown): Pop3ClosedError {
  return new Pop3ClosedError(`the connection had ended before it was ${sent ? 'answered' : 'sent'}`, { phase, cause })
}

function unread(phase: Pop3Phase, timeout: number): Pop3TimeoutError {
  return new Pop3TimeoutError(phase, timeout, 'the body of an earlier message was not read on')
}
