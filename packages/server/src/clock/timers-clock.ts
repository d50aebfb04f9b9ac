/** Time as the test runner's fake timers have it: Vitest's, Jest's, or those of @sinonjs/fake-timers, which both are made of. */
import { type Duration, Pop3ArgumentError, parseDuration } from '@pop3kit/codec'
import { type Liveness, longestDelay } from '../clock.ts'
import { OwnClock, refuseOverlap } from './own-clock.ts'

/** What is needed of a clock of @sinonjs/fake-timers. */
interface FakeClock {
  setTimeout(callback: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
  /** Runs the jobs, moves time to the timer that is due next, and fires it. */
  next(): void
  /** Runs the jobs: callbacks of `process.nextTick` and `queueMicrotask`. */
  runMicrotasks(): void
}

/** The clock behind the fake timers that are installed, if any are: it is a property of the `setTimeout` that they put in place. */
function fakeClock(): FakeClock | undefined {
  const { setTimeout } = globalThis
  return 'clock' in setTimeout && isFakeClock(setTimeout.clock) ? setTimeout.clock : undefined
}

function isFakeClock(clock: unknown): clock is FakeClock {
  return typeof clock === 'object' && clock !== null && 'next' in clock && 'runMicrotasks' in clock
}

/** A clock that looks at `globalThis` anew each time: fake timers come and go while a server runs. */
export class TimersClock extends OwnClock {
  readonly #settled: () => Promise<void>
  #isAdvancing = false

  constructor(settled: () => Promise<void>) {
    super()
    this.#settled = settled
  }

  override now(): number {
    return Date.now()
  }

  override after(ms: number, callback: () => void, liveness: Liveness = 'foreground'): () => void {
    // What was set on one kind of timers cannot be cleared on the other.
    const { setTimeout, clearTimeout } = globalThis
    const timer = setTimeout(callback, Math.min(ms, longestDelay))
    // Under jsdom a timer is a number.
    if (liveness === 'background') (timer as Partial<NodeJS.Timeout>).unref?.()
    return () => clearTimeout(timer)
  }

  override async advance(duration: Duration): Promise<void> {
    let left = Math.floor(parseDuration(duration))
    refuseOverlap(this.#isAdvancing)
    const clock = fakeClock()
    if (clock === undefined) {
      throw new Pop3ArgumentError(
        `Cannot advance the fake timers, because none are installed: expected vi.useFakeTimers() or jest.useFakeTimers() before, or a server made with clock: 'virtual'`,
      )
    }
    this.#isAdvancing = true
    try {
      for (; left > longestDelay; left -= longestDelay) await this.#pass(longestDelay, clock)
      await this.#pass(left, clock)
      // What became due at the very end was set behind the mark there.
      while ((await this.#pass(0, clock)) > 1);
    } finally {
      this.#isAdvancing = false
    }
  }

  override runJobs(): void {
    fakeClock()?.runMicrotasks()
  }

  /**
   * Lets so many milliseconds pass, timer by timer up to a mark that is set at their end; says how many went off, the mark counted. There is no
   * way to ask when the next one is due that is the same in all versions.
   */
  async #pass(ms: number, clock: FakeClock): Promise<number> {
    const end = { isReached: false }
    const mark = clock.setTimeout(() => (end.isReached = true), ms)
    try {
      for (let fired = 1; ; fired += 1) {
        await this.#settled()
        // They may be uninstalled on the way: then time is no longer theirs.
        if (fakeClock() !== clock) return 0
        clock.next()
        if (end.isReached) return fired
      }
    } finally {
      clock.clearTimeout(mark)
    }
  }
}
