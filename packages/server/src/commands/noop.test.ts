import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R33: NOOP does nothing in TRANSACTION and is refused before the login', async () => {
  const server = aliceServer()
  const before = talk(server)
  await before.say()
  expect(await before.say('NOOP')).toBe('-ERR NOOP is not valid in this state')
  const after = await talk(server).login()
  expect(await after.say('NOOP')).toBe('+OK')
})
