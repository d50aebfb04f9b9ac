/** A short run of pnpm fuzz; docs/robustness.md tells of the long ones. */
import { expect, test } from 'vitest'
import { campaign } from './campaign.ts'
import { server } from './server/index.ts'
import { catchStrays } from './strays.ts'

test('20,000 random and mutated command streams leave every server as it is to be', { timeout: 300_000 }, async () => {
  const stop = catchStrays()
  let streams = 0
  for await (const { count, failure } of campaign(server, { seed: 1939, count: 20_000 })) {
    expect(failure).toBeUndefined()
    streams = count
  }
  await server.strike()
  stop()
  expect(streams).toBeGreaterThanOrEqual(20_000)
})
