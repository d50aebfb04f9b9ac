import { expect, test } from 'vitest'
import { RealClock } from './real-clock.ts'

test('an alarm that is never due does not go off at once', async () => {
  const real = new RealClock()
  let rung = false
  const cancel = real.after(Infinity, () => (rung = true))
  await new Promise<void>((resolve) => void real.after(5, resolve))
  cancel()
  expect(rung).toBe(false)
})

test('it cannot be advanced', async () => {
  await expect(new RealClock().advance()).rejects.toThrow(
    `Cannot advance the real clock: expected a server made with clock: 'virtual' or clock: 'timers'`,
  )
})
