import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R18: USER welcomes a name that nobody has, so that names cannot be found out', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect(await client.say('USER nobody')).toMatch(/^\+OK/)
  expect(await client.say('PASS wonderland')).toBe('-ERR [AUTH] wrong user name or password')
})

test('R18: USER right behind a successful USER is refused, and both names are forgotten', async () => {
  const client = talk(aliceServer())
  await client.say()
  await client.say('USER bob')
  expect(await client.say('USER alice')).toMatch(/^-ERR/)
  expect(await client.say('PASS wonderland')).toBe('-ERR USER first')
})

test('R18: USER is taken again after a failed USER and after a failed PASS', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect(await client.say('USER')).toBe('-ERR syntax error in USER')
  expect(await client.say('USER alice')).toMatch(/^\+OK/)
  expect(await client.say('PASS wrong')).toMatch(/^-ERR/)
  expect(await client.say('USER alice')).toMatch(/^\+OK/)
  expect(await client.say('PASS wonderland')).toMatch(/^\+OK/)
})

test('R12: USER is refused in the TRANSACTION state', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.say('USER alice')).toBe('-ERR USER is not valid in this state')
})
