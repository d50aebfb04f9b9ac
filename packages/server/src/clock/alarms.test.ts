import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Alarms } from './alarms.ts'
import { VirtualClock } from './virtual-clock.ts'

test('an alarm that is taken away twice takes no other one away', () => {
  const alarms = new Alarms()
  const cancel = alarms.set(1, () => {})
  alarms.set(1, () => {})
  cancel()
  cancel()
  expect(alarms.next?.due).toBe(1)
})

/** What may be done with a clock: an alarm set in so many milliseconds, that of a number taken away, time advanced. */
const action = fc.oneof(
  fc.record({ does: fc.constant('set' as const), ms: fc.nat(20), cancels: fc.option(fc.nat(50), { nil: undefined }) }),
  fc.record({ does: fc.constant('cancel' as const), which: fc.nat(50) }),
  fc.record({ does: fc.constant('advance' as const), ms: fc.nat(15) }),
)

test('alarms go off in the order of their times and then of being set, cancelled ones never, and none too late', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
      const clock = new VirtualClock(() => Promise.resolve())
      const set: { readonly due: number; readonly cancel: () => void }[] = []
      const gone = new Set<number>()
      const cancel = (which: number): void => {
        set[which]?.cancel()
        if (which < set.length) gone.add(which)
      }
      let last = { due: 0, number: -1 }
      for (const act of actions) {
        if (act.does === 'cancel') cancel(act.which)
        else if (act.does === 'advance') {
          await clock.advance(act.ms)
          for (const [number, { due }] of set.entries()) expect(due > clock.now() || gone.has(number)).toBe(true)
        } else {
          const number = set.length
          const due = clock.now() + act.ms
          const goOff = (): void => {
            expect(gone.has(number)).toBe(false)
            expect(clock.now()).toBe(due)
            expect(due > last.due || (due === last.due && number > last.number)).toBe(true)
            last = { due, number }
            gone.add(number)
            // An alarm may take others away, or itself.
            if (act.cancels !== undefined) cancel(act.cancels)
          }
          set.push({ due, cancel: clock.after(act.ms, goOff) })
        }
      }
    }),
  )
})
