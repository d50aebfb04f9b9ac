/** The time that a run may take, in real milliseconds. */
import { performance } from 'node:perf_hooks'
import { notTestable, type Verdict } from './verdict.ts'

/** Counts down while the suite works. */
export class Budget {
  readonly #limit: number
  readonly #perReply: number
  #end: number

  constructor({ limit, patience }: { readonly limit: number; readonly patience: number }) {
    this.#limit = limit
    this.#perReply = patience
    this.#end = performance.now() + limit
  }

  /** How long to wait for the next octet from now on (ms). */
  readonly patience = (): number => Math.max(1, Math.min(this.#perReply, this.#left))

  /** What becomes of the checks that are left when the time is up. */
  get spent(): Verdict | undefined {
    return this.#left > 0 ? undefined : notTestable(`The run has taken ${this.#limit} ms, which is as long as it may`)
  }

  /** Does something that takes its own time. */
  async without<T>(action: () => Promise<T>): Promise<T> {
    const began = performance.now()
    try {
      return await action()
    } finally {
      this.#end += performance.now() - began
    }
  }

  get #left(): number {
    return this.#end - performance.now()
  }
}
