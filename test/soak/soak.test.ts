/** A short run of pnpm soak; docs/robustness.md tells of the long ones. */
import { expect, test } from 'vitest'
import { soak } from './sessions.ts'

test(
  '1000 sessions, 50 at a time, lose no message, remove none twice, and leave no maildrop locked',
  { timeout: 300_000 },
  async () => {
    const { problems, messages, farewells } = await soak({ sessions: 1000, atOnce: 50, seed: 1939 })
    expect(problems).toEqual([])
    expect(messages).toBeGreaterThan(100)
    expect(Object.values(farewells).reduce((sum, count) => sum + count, 0)).toBe(1000)
  },
)
