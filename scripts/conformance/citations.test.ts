import { expect, test } from 'vitest'
import { citedIn } from './citations.ts'

test.each([
  [`test('R9: strips one dot', () => {})`, [9]],
  [`test("R9, M17, R10: finds the end", () => {})`, [9, 10]],
  [`test.each(rows)('R96 to R98: reads a URL', () => {})`, [96, 97, 98]],
  ['test(`R1: greets`, () => {})', [1]],
  [`test('M17: another status', () => {})`, []],
  [`test('what R9 says', () => {})`, []],
])('%s cites %j', (source, numbers) => {
  expect([...citedIn(source)]).toEqual(numbers)
})
