/** Time that stands still until it is advanced. */
import { type Duration, parseDuration } from '@pop3kit/codec'
import { Alarms } from './alarms.ts'
import { OwnClock, refuseOverlap } from './own-clock.ts'

/** Virtual time begins at the same instant in every run. */
const beginning = Date.UTC(2026, 0, 1)

/** A clock of the server's own. */
export class VirtualClock extends OwnClock {
  readonly #alarms = new Alarms()
  readonly #settled: () => Promise<void>
  #now = beginning
  /** How far it is being advanced. */
  #until: number | undefined

  constructor(settled: () => Promise<void>) {
    super()
    this.#settled = settled
  }

  override now(): number {
    return this.#now
  }

  override after(ms: number, callback: () => void): () => void {
    return this.#alarms.set(this.#now + ms, callback)
  }

  override async advance(duration: Duration): Promise<void> {
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

  override reset(): void {
    this.#alarms.clear()
    this.#now = beginning
    // What is left of an advance that was not awaited passes no more.
    if (this.#until !== undefined) this.#until = beginning
  }
}
