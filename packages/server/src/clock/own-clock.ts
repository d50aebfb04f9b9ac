/** A clock with what only its server does with it. */
import { type Duration, Pop3ArgumentError, parseDuration } from '@pop3kit/codec'
import type { Liveness, ServerClock, Timekeeper } from '../clock.ts'

/** What the clocks of servers have in common. */
export abstract class OwnClock implements Timekeeper, ServerClock {
  abstract now(): number
  abstract after(ms: number, callback: () => void, liveness?: Liveness): () => void
  abstract advance(duration: Duration): Promise<void>

  async wait(duration: Duration): Promise<void> {
    const ms = parseDuration(duration)
    await new Promise<void>((resolve) => void this.after(ms, resolve))
  }

  /** Runs what fake timers hold back though it is due at once: callbacks of `process.nextTick` and `queueMicrotask`. */
  runJobs(): void {}

  /** Back to the beginning, with nothing scheduled, where that is the server's to do. */
  reset(): void {}
}

/** @throws {Pop3ArgumentError} When the clock is being advanced already. */
export function refuseOverlap(isAdvancing: boolean): void {
  if (!isAdvancing) return
  throw new Pop3ArgumentError(
    'Cannot advance the clock while it is being advanced: expected the first call to be awaited',
  )
}
