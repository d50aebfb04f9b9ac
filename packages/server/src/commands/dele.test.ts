import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R32: DELE marks, and every later use of the number is refused, DELE too', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.say('DELE 1')).toBe('+OK message 1 deleted')
  for (const command of ['DELE 1', 'RETR 1', 'TOP 1 0', 'LIST 1', 'UIDL 1']) {
    expect(await client.say(command)).toBe('-ERR message 1 is marked deleted')
  }
})

test('R32: nothing is removed before QUIT', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  await client.say('DELE 1')
  expect(server.maildrop('alice').messages).toHaveLength(2)
})

test('R32: DELE of a message that is not there is refused', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.say('DELE 3')).toBe('-ERR no such message, 2 in maildrop')
})
