import { expect, test } from 'vitest'
import { RealClock, VirtualClock } from './clock.ts'

const clock = (): VirtualClock => new VirtualClock(() => Promise.resolve())

test('alarms go off in the order in which they are due, those due together in the order in which they were set', async () => {
  const virtual = clock()
  const rung: string[] = []
  virtual.after(20, () => rung.push('late'))
  virtual.after(10, () => rung.push('first'))
  virtual.after(10, () => rung.push('second'))
  await virtual.advance(20)
  expect(rung).toEqual(['first', 'second', 'late'])
})

test('an alarm sees its own time, and one that it sets goes off in the same advance when it is due in it', async () => {
  const virtual = clock()
  const beginning = virtual.now()
  const rung: number[] = []
  virtual.after(1000, () => {
    rung.push(virtual.now() - beginning)
    virtual.after(500, () => rung.push(virtual.now() - beginning))
  })
  await virtual.advance('2s')
  expect(rung).toEqual([1000, 1500])
  expect(virtual.now() - beginning).toBe(2000)
})

test('a cancelled alarm does not go off', async () => {
  const virtual = clock()
  let rung = false
  const cancel = virtual.after(1, () => {
    rung = true
  })
  cancel()
  await virtual.advance(1)
  expect(rung).toBe(false)
})

test('everything is settled before time moves, and again before what is due next', async () => {
  const steps: string[] = []
  const virtual = new VirtualClock(() => {
    steps.push('settled')
    return Promise.resolve()
  })
  virtual.after(1, () => steps.push('alarm'))
  await virtual.advance(5)
  expect(steps).toEqual(['settled', 'alarm', 'settled'])
})

test('an alarm of the real clock that is never due does not go off at once', async () => {
  const real = new RealClock()
  let rung = false
  const cancel = real.after(Infinity, () => (rung = true))
  await new Promise<void>((resolve) => void real.after(5, resolve))
  cancel()
  expect(rung).toBe(false)
})
