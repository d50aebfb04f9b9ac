import { expect, test } from 'vitest'
import { strict } from '../personas/strict.ts'
import { aliceServer, talk } from '../testing/talk.ts'

test('LAST is the highest number that was retrieved since the login or RSET, where the persona has it', async () => {
  const commands = { ...strict.commands, LAST: ['TRANSACTION'] as const }
  const client = await talk(aliceServer({ persona: { ...strict, commands } })).login()
  expect(await client.say('LAST')).toBe('+OK 0')
  await client.ask('RETR 2')
  await client.ask('RETR 1')
  expect(await client.say('LAST')).toBe('+OK 2')
  await client.say('RSET')
  expect(await client.say('LAST')).toBe('+OK 0')
})

test('R11: strict has no LAST', async () => {
  expect(await (await talk(aliceServer()).login()).say('LAST')).toBe('-ERR unknown command')
})
