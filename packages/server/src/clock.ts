/**
 * The server's one clock. Scripted delays and idle timers run on it; it is real, or virtual and moved by `advance()`.
 *
 * Liveness: a scripted delay keeps the process alive until it is over, because a client waits for it; an idle timer and
 * the housekeeping do not.
 * Timers come from `node:timers`, so a test runner's fake timers do not freeze the server.
 */
import { type Duration, Pop3ArgumentError, parseDuration } from '@pop3kit/codec'
import { clearTimeout, setImmediate, setTimeout } from 'node:timers'

/** What the middle of the server knows of time. */
export interface Timekeeper {
  /** Milliseconds since the epoch, by this clock. */
  now(): number
  /** Calls back once after `ms` milliseconds, unless the returned function was called before. */
  after(ms: number, callback: () => void, liveness?: Liveness): () => void
}

/** Whether an alarm keeps the process alive while it is pending. */
export type Liveness = 'foreground' | 'background'

/** The clock of a server, as its user sees it. */
export interface ServerClock {
  /** Milliseconds since the epoch, by this clock. */
  now(): number
  /**
   * Moves a virtual clock on: waits until the server is settled, fires what is due next, and repeats until the time is up.
   *
   * @throws {Pop3ArgumentError} On the real clock, which moves by itself.
   */
  advance(duration: Duration): Promise<void>
}

/** Housekeeping, never scripted time: lets the event loop turn once. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

/** Housekeeping: behind what runs now, and before the event loop turns. A promise, because runners fake `process.nextTick`. */
export async function soon(callback: () => void = () => {}): Promise<void> {
  await Promise.resolve()
  callback()
}

/** The longest time that a timer of Node takes: what is longer goes off at once (ms, 24 days). */
const longest = 2 ** 31 - 1

/** Calls back after real milliseconds, whatever the scripted time is. */
export function afterReal(ms: number, callback: () => void, liveness: Liveness): () => void {
  const timer = setTimeout(callback, Math.min(ms, longest))
  if (liveness === 'background') timer.unref()
  return () => clearTimeout(timer)
}

/** The computer's time. */
export class RealClock implements Timekeeper, ServerClock {
  now(): number {
    return Date.now()
  }

  after(ms: number, callback: () => void, liveness: Liveness = 'foreground'): () => void {
    return afterReal(ms, callback, liveness)
  }

  advance(): Promise<void> {
    return Promise.reject(
      new Pop3ArgumentError(`Cannot advance the real clock: expected a server made with clock: 'virtual'`),
    )
  }
}

interface Alarm {
  readonly due: number
  readonly callback: () => void
}

/** Virtual time begins at the same instant in every run. */
const beginning = Date.UTC(2026, 0, 1)

/** Time that stands still until it is advanced. */
export class VirtualClock implements Timekeeper, ServerClock {
  #now = beginning
  #alarms: Alarm[] = []
  readonly #settled: () => Promise<void>

  constructor(settled: () => Promise<void>) {
    this.#settled = settled
  }

  now(): number {
    return this.#now
  }

  after(ms: number, callback: () => void): () => void {
    const alarm: Alarm = { due: this.#now + ms, callback }
    this.#alarms.push(alarm)
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm)
    }
  }

  async advance(duration: Duration): Promise<void> {
    const until = this.#now + parseDuration(duration)
    for (;;) {
      await this.#settled()
      const next = this.#earliest()
      if (next === undefined || next.due > until) break
      this.#now = next.due
      this.#alarms = this.#alarms.filter((other) => other !== next)
      next.callback()
    }
    this.#now = until
  }

  /** Back to the beginning, with nothing scheduled. */
  reset(): void {
    this.#now = beginning
    this.#alarms = []
  }

  /** The alarm due first; of those due together, the one set first. */
  #earliest(): Alarm | undefined {
    let earliest = this.#alarms[0]
    for (const alarm of this.#alarms) {
      if (earliest !== undefined && alarm.due < earliest.due) earliest = alarm
    }
    return earliest
  }
}
