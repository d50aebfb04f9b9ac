/** The alarms on the virtual clock of a server: none may be left when the sessions are over. */
import type { Pop3Server } from '@pop3kit/server'

/** Counts them from now on: those that were set, and neither went off nor were cancelled. */
export function countAlarms({ clock }: Pop3Server): { readonly pending: number } {
  if (!('after' in clock) || typeof clock.after !== 'function') throw new Error('The clock of a server sets alarms')
  const { after } = clock
  const alarms = new Set<object>()
  clock.after = (ms: number, callback: () => void): (() => void) => {
    const alarm = {}
    alarms.add(alarm)
    const over = (): void => void alarms.delete(alarm)
    const cancel: unknown = after.call(clock, ms, () => {
      over()
      callback()
    })
    return () => {
      over()
      if (typeof cancel === 'function') cancel()
    }
  }
  return {
    get pending() {
      return alarms.size
    },
  }
}
