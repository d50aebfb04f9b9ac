import { expect, test } from 'vitest'
import { Budget } from './budget.ts'

test('nobody waits longer than for one answer, nor longer than is left', () => {
  expect(new Budget({ limit: 60_000, patience: 100 }).patience()).toBe(100)
  expect(new Budget({ limit: 50, patience: 100 }).patience()).toBeLessThanOrEqual(50)
})

test('when the time is up, what is left is not testable', () => {
  expect(new Budget({ limit: 60_000, patience: 100 }).spent).toBeUndefined()
  const spent = new Budget({ limit: 0, patience: 100 })
  expect(spent.spent).toMatchObject({
    outcome: 'not testable',
    message: 'The run has taken 0 ms, which is as long as it may',
  })
  expect(spent.patience()).toBe(1)
})

test('what takes its own time does not count', async () => {
  const budget = new Budget({ limit: 20, patience: 100 })
  await budget.without(() => new Promise((resolve) => setTimeout(resolve, 40)))
  expect(budget.spent).toBeUndefined()
})
