import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R34: RSET clears every mark and answers with one line', async () => {
  const client = await talk(aliceServer()).login()
  await client.say('DELE 1')
  await client.say('DELE 2')
  expect(await client.say('RSET')).toBe('+OK maildrop has 2 messages (58 octets)')
  expect(await client.say('STAT')).toBe('+OK 2 58')
})

test('R34: RSET is refused before the login', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect(await client.say('RSET')).toBe('-ERR RSET is not valid in this state')
})
