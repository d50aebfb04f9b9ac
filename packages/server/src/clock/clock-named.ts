/** The clocks that a server may have, by their names. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import type { OwnClock } from './own-clock.ts'
import { RealClock } from './real-clock.ts'
import { TimersClock } from './timers-clock.ts'
import { VirtualClock } from './virtual-clock.ts'

/** Which clock a server has. */
export type ClockName = 'real' | 'virtual' | 'timers'

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
