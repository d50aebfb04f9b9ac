/** Time for the client: the timers that it sets and the time that it measures move by hand. */

interface Alarm {
  readonly due: number
  readonly ofClient: boolean
  readonly callback: () => void
}

export class Time {
  #now = 0
  readonly #alarms = new Set<Alarm>()

  /** How many timers the client has set. */
  get timers(): number {
    return [...this.#alarms].filter(({ ofClient }) => ofClient).length
  }

  /** Milliseconds until the next alarm; nothing if none is set. */
  get untilNext(): number | undefined {
    const next = this.#earliest()
    return next && Math.max(0, next.due - this.#now)
  }

  /** Sets an alarm; the function that is given cancels it. */
  after(ms: number, callback: () => void): () => void {
    return this.#set({ due: this.#now + ms, ofClient: false, callback })
  }

  /** Resolves when so much time has passed. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve))
  }

  /** Lets time pass; what is due goes off, one after the other. */
  pass(ms: number): void {
    const until = this.#now + ms
    for (let next = this.#earliest(); next !== undefined && next.due <= until; next = this.#earliest()) {
      this.#now = Math.max(this.#now, next.due)
      this.#alarms.delete(next)
      next.callback()
    }
    this.#now = until
  }

  /** Puts this in the place of the global timers, which are the client's; the function that is given puts them back. */
  install(): () => void {
    const { setTimeout, clearTimeout } = globalThis
    const cancels = new Map<number, () => void>()
    let count = 0
    Object.assign(globalThis, {
      setTimeout: (callback: () => void, ms: number): number => {
        count += 1
        cancels.set(count, this.#set({ due: this.#now + ms, ofClient: true, callback }))
        return count
      },
      clearTimeout: (id: number): void => cancels.get(id)?.(),
    })
    performance.now = () => this.#now
    return () => {
      Object.assign(globalThis, { setTimeout, clearTimeout })
      // What it was is the prototype's.
      Reflect.deleteProperty(performance, 'now')
    }
  }

  #set(alarm: Alarm): () => void {
    this.#alarms.add(alarm)
    return () => void this.#alarms.delete(alarm)
  }

  #earliest(): Alarm | undefined {
    let earliest: Alarm | undefined
    for (const alarm of this.#alarms) if (earliest === undefined || alarm.due < earliest.due) earliest = alarm
    return earliest
  }
}
