/** One call on a connection: it waits for its turn, then what comes is for it until it ends (R52). */
import type { Duration } from '@pop3kit/codec'
import { Deadline } from './deadline.ts'
import type { Pop3Phase } from './errors.ts'
import type { Request } from './request.ts'
import { parseTimeout } from './timeout.ts'

/** What is called, and how long it may take. */
export interface Call {
  readonly phase: Pop3Phase
  readonly timeout: Duration
  readonly signal: AbortSignal | undefined
  /** The command, when it is the only one: it may go out while others are unanswered. */
  readonly request?: Request
  /** Whether the body goes to a consumer, who may take any time for it: nothing goes out behind such a command. */
  readonly streamed?: boolean
}

/** What giving up means: to leave the line while waiting in it, to break off afterwards. */
export interface Surrender {
  onTimeout(): void
  onAbort(reason: unknown): void
}

export class Turn {
  readonly call: Call
  /** What is going on for it; the errors say it. */
  phase: Pop3Phase
  /** Whether anything has been sent for it: it cannot be withdrawn any more. */
  committed = false
  /** Whether the command of the call is out. */
  sent = false
  /** Its limit, in milliseconds. */
  readonly timeout: number
  /** Runs while the call waits for the server. */
  readonly deadline: Deadline
  readonly #abort = (): void => this.#surrender.onAbort(this.call.signal?.reason)
  #surrender: Surrender

  constructor(call: Call, surrender: Surrender) {
    this.call = call
    this.phase = call.phase
    this.timeout = parseTimeout(call.timeout)
    this.deadline = new Deadline(this.timeout, () => this.#surrender.onTimeout())
    this.#surrender = surrender
    call.signal?.addEventListener('abort', this.#abort)
  }

  /** The turn has come, with the whole time ahead. */
  begin(surrender: Surrender): void {
    this.#surrender = surrender
    this.deadline.restart()
  }

  /** No timer and no listener stays behind. */
  end(): void {
    this.deadline.hold()
    this.call.signal?.removeEventListener('abort', this.#abort)
  }
}
