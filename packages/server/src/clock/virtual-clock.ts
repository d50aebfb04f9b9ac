/** Time that stands still until it is advanced. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import { Alarms } from './alarms.ts'
import { type OwnClock, passingOf, refuseOverlap } from './server-clock.ts'

/** Virtual time begins at the same instant in every run. */
const beginning = Date.UTC(2026, 0, 1)

/** A clock of the server's own. */
export class VirtualClock implements OwnClock {
  readonly #alarms = new Alarms()
  readonly #settled: () => Promise<void>
  #now = beginning
  /** How far it is being advanced. */
  #until: number | undefined

  constructor(settled: () => Promise<void>) {
    this.#settled = settled
  }

  now(): number {
    return this.#now
  }

  after(ms: number, callback: () => void): () => void {
    return this.#alarms.set(this.#now + ms, callback)
  }

  async advance(duration: Duration): Promise<void> {
    const ms = parseDuration(duration)
    refuseOverlap(this.#until !== undefined)
    this.#until = this.#now + ms
    try {
      for (;;) {
        await this.#settled()
        const { next } = this.#alarms
        if (next === undefined || next.due > this.#until) break
        this.#alarms.remove(next)
        this.#now = next.due
        next.callback()
      }
      this.#now = this.#until
    } finally {
      this.#until = undefined
    }
  }

  wait(duration: Duration): Promise<void> {
    return passingOf(duration, this)
  }

  runJobs(): void {}

  reset(): void {
    this.#alarms.clear()
    this.#now = beginning
    // What is left of an advance that was not awaited passes no more.
    if (this.#until !== undefined) this.#until = beginning
  }
}
