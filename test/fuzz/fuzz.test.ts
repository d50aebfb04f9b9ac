/** Short runs of pnpm fuzz; docs/robustness.md tells of the long ones. */
import { expect, test } from 'vitest'
import { type Subject, campaign } from './campaign.ts'
import { client } from './client/index.ts'
import { server } from './server/index.ts'
import { catchStrays } from './strays.ts'

/** Plays so much, and says how much it was. */
async function play<Case>(subject: Subject<Case>, wanted: number): Promise<number> {
  const stop = catchStrays()
  let played = 0
  for await (const { count, failure } of campaign(subject, { seed: 1939, count: wanted })) {
    expect(failure).toBeUndefined()
    played = count
  }
  await subject.strike()
  stop()
  return played
}

test('20,000 random and mutated command streams leave every server as it is to be', { timeout: 300_000 }, async () => {
  expect(await play(server, 20_000)).toBeGreaterThanOrEqual(20_000)
})

test(
  '20,000 random and mutated replies leave no call of the client unsettled and no mail lost',
  { timeout: 300_000 },
  async () => {
    expect(await play(client, 20_000)).toBeGreaterThanOrEqual(20_000)
  },
)
