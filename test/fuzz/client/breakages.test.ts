/** Whether the fuzz of the client would notice: it is played with clients that are broken. */
import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { breakages } from './breakages.ts'
import { anyPeer, anyServer, cases } from './cases.ts'
import { examine } from './examine.ts'
import { strike } from './server-world.ts'

afterAll(strike)

test.each(Object.entries(breakages))('the fuzz notices a client that %s', async (_, { breakage, noticed }) => {
  const any = fc.oneof(cases(anyPeer), cases(anyServer('memory'))).map((played) => ({
    ...played,
    // A client that is broken by a wrapper does not hear of its own rejections.
    steps: played.steps.filter((step) => step.type === 'wait' || step.call.verb !== 'forget'),
  }))
  let seen: string | undefined
  for (const played of fc.sample(any, { seed: 1939, numRuns: 3000 })) {
    const { problems } = await examine(played, breakage)
    seen = problems.find((problem) => noticed.test(problem))
    if (seen !== undefined) break
  }
  expect(seen).toMatch(noticed)
})
