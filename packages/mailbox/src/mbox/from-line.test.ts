import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { deliveryTime, fromLine } from './from-line.ts'

test.each([
  ['From alice@example.com Mon Jan  5 08:00:00 2026', Date.UTC(2026, 0, 5, 8)],
  ['From - Mon Jan 05 08:00:00 2026', Date.UTC(2026, 0, 5, 8)],
  ['From alice@example.com  Mon Jan  5 08:00 2026', Date.UTC(2026, 0, 5, 8)],
  ['From alice@example.com Mon Jan 5 08:00:00 2026 +0200', Date.UTC(2026, 0, 5, 6)],
  ['From alice@example.com Mon Jan 5 08:00:00 -0530 2026', Date.UTC(2026, 0, 5, 13, 30)],
  ['From alice@example.com Mon Jan 5 08:00:00 UTC 2026', Date.UTC(2026, 0, 5, 8)],
  ['From "a b"@example.com Thu Feb 29 23:59:59 2024\r\n', Date.UTC(2024, 1, 29, 23, 59, 59)],
])('%j tells when', (line, time) => {
  expect(deliveryTime(line)).toBe(time)
})

test.each([
  'From alice@example.com',
  'From Monday on',
  'From Mon Jan 5 to Tue Jan 6',
  'From ',
  'Mon Jan  5 08:00:00 2026',
])('%j tells no time', (line) => {
  expect(deliveryTime(line)).toBeUndefined()
})

test('what is written is read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 250_000_000_000 }), (second) => {
      expect(deliveryTime(fromLine(second * 1000))).toBe(second * 1000)
    }),
  )
  expect(fromLine(0)).toBe('From MAILER-DAEMON Thu Jan  1 00:00:00 1970')
})
