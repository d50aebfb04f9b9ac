import { expect, test } from 'vitest'
import { partingOf } from './parting.ts'

test('two texts part in the first line that differs', () => {
  expect(partingOf('a\r\nsame\r\n', 'a\r\nsame\r\n')).toBe(undefined)
  expect(partingOf('a\r\nsecnod\r\n', 'a\r\nsecond\r\n')).toBe('line 2: expected "secnod", received "second"')
  expect(partingOf('a\r\nb', 'a')).toBe('line 2: expected "b", received no more lines')
  expect(partingOf('a', 'a\r\nb')).toBe('line 2: expected no more lines, received "b"')
  expect(partingOf('tab\t', 'tab ')).toBe(String.raw`line 1: expected "tab\t", received "tab "`)
})

test('of a long line what is around the difference is shown', () => {
  const x = 'x'.repeat(100)
  expect(partingOf(`${x}a${x}`, `${x}b${x}`)).toBe(
    `line 1: expected ..."${'x'.repeat(30)}a${'x'.repeat(29)}"..., received ..."${'x'.repeat(30)}b${'x'.repeat(29)}"...`,
  )
})
