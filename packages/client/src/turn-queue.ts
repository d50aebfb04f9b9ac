/** The calls on one connection, in the order they were made: one has its turn, the others wait (R52). */
import type { Duration } from '@pop3kit/codec'
import type { Connection } from './connection.ts'
import { Pop3ClosedError, type Pop3Phase, Pop3TimeoutError } from './errors.ts'
import { Turn } from './turn.ts'

interface Waiting {
  readonly turn: Turn
  admit(): void
  leave(reason: unknown): void
}

export class TurnQueue {
  readonly #connection: Connection
  readonly #waiting = new Set<Waiting>()
  #current: Turn | undefined
  #held = false

  constructor(connection: Connection) {
    this.#connection = connection
    const { ended } = connection
    ended.addEventListener('abort', () => {
      for (const waiting of this.#waiting) waiting.leave(unsent(waiting.turn.phase, ended.reason))
    })
  }

  /** Resolves when the call has the connection to itself; it must be given back with `release`. */
  take(phase: Pop3Phase, timeout: Duration, signal: AbortSignal | undefined): Promise<Turn> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const { ended } = this.#connection
      if (ended.aborted) throw unsent(phase, ended.reason)
      const leave = (reason: unknown): void => {
        this.#waiting.delete(waiting)
        turn.end()
        reject(reason)
      }
      const turn = new Turn(phase, timeout, signal, {
        onTimeout: () => leave(unread(phase, turn.timeout)),
        onAbort: leave,
      })
      const waiting: Waiting = { turn, admit: () => resolve(turn), leave }
      this.#waiting.add(waiting)
      if (this.#held) turn.deadline.run()
      this.#admitNext()
    })
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
}

function unsent(phase: Pop3Phase, cause: unknown): Pop3ClosedError {
  return new Pop3ClosedError('the connection had ended before it was sent', { phase, cause })
}

function unread(phase: Pop3Phase, timeout: number): Pop3TimeoutError {
  return new Pop3TimeoutError(phase, timeout, 'the body of an earlier message was not read on')
}
