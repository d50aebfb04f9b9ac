import { expect, test } from 'vitest'
import { parseTimeout } from './timeout.ts'

test('a time limit is milliseconds or text with a unit', () => {
  expect(parseTimeout(250)).toBe(250)
  expect(parseTimeout('2s')).toBe(2000)
})

test.each([0, -1, Number.NaN, Infinity, 2 ** 31, 'soon', '25d'])('%s is no time limit', (timeout) => {
  expect(() => parseTimeout(timeout)).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
