import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R90: UTF8 has no argument and is for the AUTHORIZATION state only', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect(await client.say('UTF8 USER')).toBe('-ERR syntax error in UTF8')
  expect(await client.say('UTF8')).toBe('+OK UTF-8 it is')
  await client.say('USER alice')
  await client.say('PASS wonderland')
  expect(await client.say('UTF8')).toBe('-ERR UTF8 is not valid in this state')
})

test('R93: behind UTF8 there is no STLS any more', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect(await client.ask('CAPA')).toEqual(expect.arrayContaining(['UTF8 USER', 'STLS']))
  await client.say('UTF8')
  expect(await client.ask('CAPA')).not.toContain('STLS')
  expect(await client.say('STLS')).toMatch(/^-ERR/)
})

test('R94: a user name that is no UTF-8 is refused', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect(await client.say('USER alic\xe9')).toBe('-ERR USER is followed by octets that are not UTF-8')
})
