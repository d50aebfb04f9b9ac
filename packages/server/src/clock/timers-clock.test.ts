import { afterEach, expect, test, vi } from 'vitest'
import { TimersClock } from './timers-clock.ts'

afterEach(() => {
  vi.useRealTimers()
})

const clock = (): TimersClock => new TimersClock(() => Promise.resolve())

test('its alarms are timers of the runner, which fire them', async () => {
  vi.useFakeTimers()
  const timers = clock()
  const rung: string[] = []
  timers.after(1000, () => rung.push('foreground'))
  timers.after(1000, () => rung.push('background'), 'background')
  await vi.advanceTimersByTimeAsync(999)
  expect(rung).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(rung).toEqual(['foreground', 'background'])
})

test('its time is that of Date', () => {
  vi.useFakeTimers({ now: 12_345 })
  expect(clock().now()).toBe(12_345)
  vi.setSystemTime(1)
  expect(clock().now()).toBe(1)
})

test('advance() fires timers in order, its own and those of everybody else, each at its time', async () => {
  vi.useFakeTimers({ now: 0 })
  const timers = clock()
  const rung: [string, number][] = []
  const note = (name: string) => () => void rung.push([name, Date.now()])
  setTimeout(note('client'), 1500)
  timers.after(1000, () => {
    note('server')()
    timers.after(500, note('server again'))
  })
  setTimeout(note('too late'), 2001)
  const interval = setInterval(note('interval'), 800)
  await timers.advance('2s')
  clearInterval(interval)
  expect(rung).toEqual([
    ['interval', 800],
    ['server', 1000],
    ['client', 1500],
    ['server again', 1500],
    ['interval', 1600],
  ])
  expect(Date.now()).toBe(2000)
})

test('advance() settles before each timer, and in the end', async () => {
  vi.useFakeTimers()
  const steps: string[] = []
  const timers = new TimersClock(() => {
    steps.push('settled')
    return Promise.resolve()
  })
  timers.after(1, () => steps.push('alarm'))
  await timers.advance(5)
  expect(steps.slice(0, 3)).toEqual(['settled', 'alarm', 'settled'])
  expect(steps.at(-1)).toBe('settled')
})

test('advance() fires what becomes due at its very end', async () => {
  vi.useFakeTimers({ now: 0 })
  const rung: string[] = []
  const timers = new TimersClock(() => {
    if (Date.now() === 10 && rung.length === 1) {
      setTimeout(() => rung.push('second'), 0)
      setImmediate(() => rung.push('immediate'))
    }
    return Promise.resolve()
  })
  timers.after(10, () => rung.push('first'))
  await timers.advance(10)
  expect(rung).toEqual(['first', 'immediate', 'second'])
  expect(Date.now()).toBe(10)
})

test('advance(0) fires what is due now', async () => {
  vi.useFakeTimers({ now: 0 })
  let rung = 0
  setTimeout(() => (rung += 1), 0)
  setTimeout(() => (rung += 1), 1)
  await clock().advance(0)
  expect(rung).toBe(1)
})

test('advance() passes more time than one timer can take', async () => {
  vi.useFakeTimers({ now: 0 })
  await clock().advance(100 * 86_400_000)
  expect(Date.now()).toBe(100 * 86_400_000)
})

test('advance() leaves no timer behind, not even when one throws', async () => {
  vi.useFakeTimers()
  const timers = clock()
  setTimeout(() => {
    throw new Error('a timer failed')
  }, 5)
  await expect(timers.advance(10)).rejects.toThrow('a timer failed')
  expect(vi.getTimerCount()).toBe(0)
  await timers.advance(10)
})

test('without fake timers advance() says what to do', async () => {
  await expect(clock().advance(1)).rejects.toMatchObject({
    code: 'POP3_ARGUMENT',
    message:
      "Cannot advance the fake timers, because none are installed: expected vi.useFakeTimers() or jest.useFakeTimers() before, or a server made with clock: 'virtual'",
  })
})

test('fake timers that fake only Date cannot be advanced', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  await expect(clock().advance(1)).rejects.toThrow('Cannot advance the fake timers')
})

test('a second advance() before the first is over is refused', async () => {
  vi.useFakeTimers()
  const timers = clock()
  const first = timers.advance(1)
  await expect(timers.advance(1)).rejects.toThrow('Cannot advance the clock while it is being advanced')
  await first
})

test('an advance ends when the fake timers are uninstalled under it', async () => {
  vi.useFakeTimers()
  const timers = clock()
  timers.after(1, () => vi.useRealTimers())
  await timers.advance('1h')
  await expect(timers.advance(1)).rejects.toThrow('Cannot advance the fake timers')
})

test('an alarm of the real timers is cancelled there, whatever is installed now, and the other way round', async () => {
  const timers = clock()
  const rung: string[] = []
  const cancelReal = timers.after(1, () => rung.push('real'))
  vi.useFakeTimers()
  const cancelFake = timers.after(1, () => rung.push('fake'))
  cancelReal()
  vi.useRealTimers()
  cancelFake()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(rung).toEqual([])
})
