/** Proof that every check can fail: for each a server with one fault, which this check finds and no other. */
import { checks } from '@pop3kit/conformance'
import { expect, test } from 'vitest'
import { breaks } from './breaks/index.ts'
import { checkMock, idsOf } from './mock.ts'

test('there is a fault for every check, and no other', () => {
  expect(Object.keys(breaks).toSorted()).toEqual(checks.map(({ id }) => id).toSorted())
})

test.concurrent.each(Object.entries(breaks))('%s finds its fault', async (id, fault) => {
  const report = await checkMock(fault, fault.alone === undefined ? {} : { only: [id] })
  const expected = [id, ...(fault.also ?? [])].toSorted()
  expect(idsOf(report, 'fail').toSorted()).toEqual(expected)
})
