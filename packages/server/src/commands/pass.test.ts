import { expect, test } from 'vitest'
import { setupPop3Server } from '../index.ts'
import { aliceServer, talk } from '../testing/talk.ts'

test('R16: PASS locks the maildrop and enters TRANSACTION with nothing marked deleted', async () => {
  const server = aliceServer()
  const client = talk(server)
  await client.say()
  await client.say('USER alice')
  expect(await client.say('PASS wonderland')).toBe('+OK maildrop has 2 messages (58 octets)')
  expect(server.maildrop('alice').locked).toBe(true)
  expect(await client.say('STAT')).toBe('+OK 2 58')
})

test('R17: a locked maildrop is refused, the session stays in AUTHORIZATION and may try again', async () => {
  const server = aliceServer()
  const first = await talk(server).login()
  const second = talk(server)
  await second.say()
  await second.say('USER alice')
  expect(await second.say('PASS wonderland')).toBe('-ERR [IN-USE] maildrop is locked by another session')
  await first.say('QUIT')
  await second.say('USER alice')
  expect(await second.say('PASS wonderland')).toMatch(/^\+OK/)
})

test('R17: a refused login leaves no lock behind', async () => {
  const server = aliceServer()
  const client = talk(server)
  await client.say()
  await client.say('USER alice')
  await client.say('PASS wrong')
  expect(server.maildrop('alice').locked).toBe(false)
})

test('R17: a maildrop whose messages cannot be counted is refused, and its lock given back before that', async () => {
  const server = aliceServer({}, [])
  let broken = true
  server.maildrop('alice').deliver(() => {
    if (broken) throw new Error('disk on fire')
    return 'mended'
  })
  const client = talk(server)
  await client.say()
  await client.say('USER alice')
  expect(await client.say('PASS wonderland')).toMatch(/^-ERR/)
  expect(server.maildrop('alice').locked).toBe(false)
  broken = false
  await client.say('USER alice')
  expect(await client.say('PASS wonderland')).toBe('+OK maildrop has 1 messages (8 octets)')
})

test('R19: PASS without USER before it is refused', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect(await client.say('PASS wonderland')).toBe('-ERR USER first')
})

test('R19: PASS is only taken right behind USER', async () => {
  const client = talk(aliceServer())
  await client.say()
  await client.say('USER alice')
  await client.ask('CAPA')
  expect(await client.say('PASS wonderland')).toBe('-ERR USER first')
})

test('R19: blanks are part of a password', async () => {
  const client = talk(setupPop3Server({ maildrops: { alice: { password: ' down  the hole ' } } }))
  await client.say()
  await client.say('USER alice')
  expect(await client.say('PASS  down  the hole ')).toMatch(/^\+OK/)
})

test('R23: a maildrop that only has an APOP secret does not take it as a password', async () => {
  const client = talk(setupPop3Server({ maildrops: { alice: { apopSecret: 'tanstaaf' } } }))
  await client.say()
  await client.say('USER alice')
  expect(await client.say('PASS tanstaaf')).toMatch(/^-ERR/)
})
