import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R95: LANG lists the languages, in both states', async () => {
  const client = talk(aliceServer())
  await client.say()
  const listed = ['+OK languages follow', 'en English', 'i-default English']
  expect(await client.ask('LANG')).toEqual(listed)
  await client.say('USER alice')
  await client.say('PASS wonderland')
  expect(await client.ask('LANG')).toEqual(listed)
})

test('R95: LANG with a tag answers the tag, * is the default, and a language that is not there changes nothing', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.say('LANG EN')).toBe('+OK en is spoken now')
  expect(await client.say('LANG tlh')).toBe('-ERR no such language')
  expect(await client.say('LANG *')).toBe('+OK en is spoken now')
  expect(await client.say('LANG i-default')).toBe('+OK i-default is spoken now')
})
