import { expect, test } from 'vitest'
import { strict } from '../personas/strict.ts'
import { aliceServer } from '../testing/talk.ts'
import { Snapshot } from './snapshot.ts'

test('M74: LAST is known when 200,000 messages were retrieved', async () => {
  const messages = Array.from({ length: 200_000 }, () => 'x')
  const snapshot = await Snapshot.of(aliceServer({}, messages).maildrop('alice'), strict.policies, 0)
  for (const entry of snapshot.remaining) snapshot.retrieve(entry)
  expect(snapshot.last).toBe(200_000)
})
