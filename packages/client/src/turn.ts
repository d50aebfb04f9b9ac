/** One call on a connection: it waits for its turn, then it has the connection to itself until it ends (R52). */
import type { Duration } from '@pop3kit/codec'
import { Deadline } from './deadline.ts'
import type { Pop3Phase } from './errors.ts'
import { parseTimeout } from './timeout.ts'

/** What giving up means: to leave the line while waiting in it, to break off afterwards. */
export interface Surrender {
  onTimeout(): void
  onAbort(reason: unknown): void
}

export class Turn {
  /** What was called. */
  readonly call: Pop3Phase
  /** What is going on for it; the errors say it. */
  phase: Pop3Phase
  /** Whether something has been sent for it: it cannot be withdrawn any more. */
  sent = false
  /** Its limit, in milliseconds. */
  readonly timeout: number
  /** Runs while the call waits for the server. */
  readonly deadline: Deadline
  readonly #signal: AbortSignal | undefined
  readonly #abort = (): void => this.#surrender.onAbort(this.#signal?.reason)
  #surrender: Surrender

  constructor(call: Pop3Phase, timeout: Duration, signal: AbortSignal | undefined, surrender: Surrender) {
    this.call = call
    this.phase = call
    this.timeout = parseTimeout(timeout)
    this.deadline = new Deadline(this.timeout, () => this.#surrender.onTimeout())
    this.#surrender = surrender
    this.#signal = signal
    this.#signal?.addEventListener('abort', this.#abort)
  }

  /** The turn has come, with the whole time ahead. */
  begin(surrender: Surrender): void {
    this.#surrender = surrender
    this.deadline.restart()
  }

  /** No timer and no listener stays behind. */
  end(): void {
    this.deadline.hold()
    this.#signal?.removeEventListener('abort', this.#abort)
  }
}
