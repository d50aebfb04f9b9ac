import { expect, test } from 'vitest'
import { VirtualClock } from './virtual-clock.ts'

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

test('a second advance() before the first is over is refused, and the first goes on', async () => {
  const virtual = clock()
  const beginning = virtual.now()
  const first = virtual.advance('1s')
  await expect(virtual.advance('1s')).rejects.toMatchObject({
    code: 'POP3_ARGUMENT',
    message: 'Cannot advance the clock while it is being advanced: expected the first call to be awaited',
  })
  await first
  await virtual.advance('1s')
  expect(virtual.now() - beginning).toBe(2000)
})

test.each([-1, '-1s', Number.NaN, Number.POSITIVE_INFINITY, 'soon', undefined])(
  'time cannot be advanced by %j, and stays where it is',
  async (duration) => {
    const virtual = clock()
    const before = virtual.now()
    await expect(virtual.advance(duration as never)).rejects.toThrow(`Cannot use "${String(duration)}" as a duration`)
    expect(virtual.now()).toBe(before)
  },
)

test('a callback that throws fails the advance at its time; the others are left to the next one', async () => {
  const virtual = clock()
  const beginning = virtual.now()
  let rung = 0
  virtual.after(10, () => {
    throw new Error('a callback failed')
  })
  virtual.after(10, () => (rung += 1))
  await expect(virtual.advance(100)).rejects.toThrow('a callback failed')
  expect(virtual.now() - beginning).toBe(10)
  expect(rung).toBe(0)
  await virtual.advance(0)
  expect(rung).toBe(1)
})

test('reset() in the middle of an advance leaves the clock at its beginning', async () => {
  const virtual = clock()
  const beginning = virtual.now()
  virtual.after(10, () => virtual.reset())
  virtual.after(20, () => expect.unreachable('nothing is scheduled any more'))
  await virtual.advance(100)
  expect(virtual.now()).toBe(beginning)
})

test('wait() is over when so much time has passed', async () => {
  const virtual = clock()
  let isOver = false
  const waiting = virtual.wait('2s').then(() => (isOver = true))
  await virtual.advance(1999)
  expect(isOver).toBe(false)
  await Promise.all([waiting, virtual.advance(1)])
  expect(isOver).toBe(true)
  await expect(virtual.wait('soon')).rejects.toMatchObject({ code: 'POP3_ARGUMENT' })
})
