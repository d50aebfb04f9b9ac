import { expect, test } from 'vitest'
import { parseDuration } from './duration.ts'

test.each([
  [250, 250],
  [0, 0],
  ['250ms', 250],
  ['2s', 2000],
  ['1.5 s', 1500],
  ['10m', 600_000],
  ['1h', 3_600_000],
])('%j is %d milliseconds', (duration, milliseconds) => {
  expect(parseDuration(duration)).toBe(milliseconds)
})

test.each(['', '10', '10 days', '-1s', 's', '1s ', -1, Number.NaN, Number.POSITIVE_INFINITY])(
  '%j is no duration',
  (duration) => {
    expect(() => parseDuration(duration)).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
  },
)
