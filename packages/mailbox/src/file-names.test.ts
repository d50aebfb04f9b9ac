import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareNaturally, nearestName } from './file-names.ts'

test('numbers in names are compared as numbers', () => {
  const names = ['10.eml', 'b.eml', '2.eml', 'a10.eml', 'a9.eml', '1.eml', '1-late.eml']
  expect(names.toSorted(compareNaturally)).toEqual([
    '1-late.eml',
    '1.eml',
    '2.eml',
    '10.eml',
    'a9.eml',
    'a10.eml',
    'b.eml',
  ])
})

test('the order does not depend on the order in which the names came', () => {
  const names = fc.uniqueArray(
    fc.oneof(fc.string({ unit: fc.constantFrom('0', '1', 'a', 'A', '-', '.') }), fc.string()),
  )
  fc.assert(
    fc.property(names, (given) => {
      expect(given.toReversed().toSorted(compareNaturally)).toEqual(given.toSorted(compareNaturally))
    }),
  )
})

test('two names that count alike still have an order', () => {
  expect(['1.eml', '01.eml'].toSorted(compareNaturally)).toEqual(['01.eml', '1.eml'])
})

test('the nearest name is the one with the fewest slips', () => {
  expect(nearestName('welcom.eml', ['goodbye.eml', 'welcome.eml', 'welcome2.eml'])).toBe('welcome.eml')
  expect(nearestName('Welcome.EML', ['welcome.eml'])).toBeUndefined()
  expect(nearestName('wlecome.eml', ['welcome.eml'])).toBe('welcome.eml')
})

test('a name that is like no other has no nearest name', () => {
  expect(nearestName('invoice.eml', ['welcome.eml', 'x.eml'])).toBeUndefined()
  expect(nearestName('invoice.eml', [])).toBeUndefined()
})
