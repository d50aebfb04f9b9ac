/** What is to be called back when, on a clock that is moved by hand. */

/** One alarm. */
export interface Alarm {
  /** Milliseconds of its clock. */
  readonly due: number
  /** Later than that of any alarm that was set before. */
  readonly order: number
  readonly callback: () => void
}

/** Alarms in the order in which they go off: that in which they are due, and of those due together that in which they were set. */
export class Alarms {
  #alarms: Alarm[] = []
  #order = 0

  /** The one that goes off next. */
  get next(): Alarm | undefined {
    return this.#alarms[0]
  }

  /** Sets one; the returned function takes it away if it is still there. */
  set(due: number, callback: () => void): () => void {
    this.#order += 1
    const alarm = { due, order: this.#order, callback }
    this.#alarms.splice(this.#placeOf(alarm), 0, alarm)
    return () => this.remove(alarm)
  }

  remove(alarm: Alarm): void {
    const place = this.#placeOf(alarm)
    if (this.#alarms[place] === alarm) this.#alarms.splice(place, 1)
  }

  clear(): void {
    this.#alarms = []
  }

  /** Where it stands, or would: before all that go off later, found by halves because a server may have thousands of sessions. */
  #placeOf({ due, order }: Alarm): number {
    let [low, high] = [0, this.#alarms.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = this.#alarms[middle]
      if (other !== undefined && (other.due < due || (other.due === due && other.order < order))) low = middle + 1
      else high = middle
    }
    return low
  }
}
