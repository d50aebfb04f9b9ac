/** The clocks that a server may have, by their names. */
import { type Duration, Pop3ArgumentError, parseDuration } from '@pop3kit/codec'
import type { ServerClock, Timekeeper } from '../clock.ts'
import { RealClock } from './real-clock.ts'
import { TimersClock } from './timers-clock.ts'
import { VirtualClock } from './virtual-clock.ts'

/** Which clock a server has. */
export type ClockName = 'real' | 'virtual' | 'timers'

/** A clock with what only its server does with it. */
export interface OwnClock extends Timekeeper, ServerClock {
  /** Runs what fake timers hold back though it is due at once: callbacks of `process.nextTick` and `queueMicrotask`. */
  runJobs(): void
  /** Back to the beginning, with nothing scheduled, where that is the server's to do. */
  reset(): void
}

const clocks: { readonly [Name in ClockName]: new (settled: () => Promise<void>) => OwnClock } = {
  real: RealClock,
  virtual: VirtualClock,
  timers: TimersClock,
}

/**
 * @param settled Waits until the server is settled: before time moves, and again before what is due next.
 * @throws {Pop3ArgumentError} When there is no such clock.
 */
export function clockNamed(name: ClockName, settled: () => Promise<void>): OwnClock {
  if (!Object.hasOwn(clocks, name)) {
    throw new Pop3ArgumentError(`Cannot use "${name}" as a clock: expected 'real', 'virtual' or 'timers'`)
  }
  return new clocks[name](settled)
}

/** @throws {Pop3ArgumentError} When the clock is being advanced already. */
export function refuseOverlap(isAdvancing: boolean): void {
  if (!isAdvancing) return
  throw new Pop3ArgumentError(
    'Cannot advance the clock while it is being advanced: expected the first call to be awaited',
  )
}

/** Settles when so much time has passed by a clock. */
export async function passingOf(duration: Duration, clock: Timekeeper): Promise<void> {
  const ms = parseDuration(duration)
  await new Promise<void>((resolve) => void clock.after(ms, resolve))
}
