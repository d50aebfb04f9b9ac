import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R24: QUIT before the login is answered and closes, without UPDATE', async () => {
  const server = aliceServer()
  const client = talk(server)
  await client.say()
  expect(await client.say('QUIT')).toBe('+OK bye')
  expect(await client.rest()).toBe('')
  expect(server.sessions[0]?.removed).toEqual([])
})

test('R38: QUIT removes exactly the marked messages, releases the lock, answers and closes', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  await client.say('DELE 1')
  expect(await client.say('QUIT')).toBe('+OK bye, 1 messages left')
  expect(await client.rest()).toBe('')
  expect(server.maildrop('alice').messages.map(({ uid }) => uid)).toEqual(['uid-2'])
  expect(server.maildrop('alice').locked).toBe(false)
  expect(server.sessions[0]?.removed).toEqual(['uid-1'])
})

test('R38: messages cleared by RSET stay', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  await client.say('DELE 1')
  await client.say('RSET')
  await client.say('QUIT')
  expect(server.maildrop('alice').messages).toHaveLength(2)
})

test('R39, M70: a session that ends without QUIT removes nothing and gives the lock back', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  await client.say('DELE 1')
  await client.leave()
  const again = await talk(server).login()
  expect(await again.say('STAT')).toBe('+OK 2 58')
})
