import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Deadline } from './deadline.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('it goes off when the time it ran for is used up, and time in which it stood still does not count', () => {
  const expire = vi.fn<() => void>()
  const deadline = new Deadline(1000, expire)
  deadline.restart()
  vi.advanceTimersByTime(600)
  deadline.hold()
  vi.advanceTimersByTime(3_600_000)
  deadline.run()
  vi.advanceTimersByTime(399)
  expect(expire).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(expire).toHaveBeenCalledOnce()
})

test('a restart gives the whole time back', () => {
  const expire = vi.fn<() => void>()
  const deadline = new Deadline(1000, expire)
  deadline.restart()
  vi.advanceTimersByTime(999)
  deadline.restart()
  vi.advanceTimersByTime(999)
  expect(expire).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(expire).toHaveBeenCalledOnce()
})

test('held, it leaves no timer behind', () => {
  const deadline = new Deadline(1000, () => {})
  deadline.restart()
  deadline.run()
  expect(vi.getTimerCount()).toBe(1)
  deadline.hold()
  expect(vi.getTimerCount()).toBe(0)
})
