import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R26: STAT gives count and octets, single spaces, and nothing behind them', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.say('STAT')).toBe('+OK 2 58')
})

test('R26: messages marked deleted are not counted', async () => {
  const client = await talk(aliceServer()).login()
  await client.say('DELE 1')
  expect(await client.say('STAT')).toBe('+OK 1 27')
})

test('R26: an empty maildrop has 0 messages in 0 octets', async () => {
  const client = await talk(aliceServer({}, [])).login()
  expect(await client.say('STAT')).toBe('+OK 0 0')
})

test('R11: STAT takes no argument, not even an empty one', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.say('STAT 1')).toBe('-ERR syntax error in STAT')
  expect(await client.say('STAT ')).toBe('-ERR syntax error in STAT')
})

test('R25: a message delivered in mid-session is not seen in it', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  server.maildrop('alice').deliver('new')
  expect(await client.say('STAT')).toBe('+OK 2 58')
  expect(await client.say('LIST 3')).toBe('-ERR no such message, 2 in maildrop')
})
