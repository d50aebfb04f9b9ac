import { expect, test } from 'vitest'
import { setupPop3Server } from '../index.ts'
import { aliceServer, talk } from '../testing/talk.ts'

test('R36: UIDL gives every message its unique-id and nothing behind it', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.ask('UIDL')).toEqual(['+OK unique-id listing follows', '1 uid-1', '2 uid-2'])
})

test('R36: UIDL with a number is a single line', async () => {
  const client = await talk(aliceServer()).login()
  expect(await client.say('UIDL 2')).toBe('+OK 2 uid-2')
})

test('R36: a unique-id is the same in a later session, even behind one that ended without UPDATE', async () => {
  const server = aliceServer()
  const first = await talk(server).login()
  await first.say('DELE 1')
  await first.leave()
  const second = await talk(server).login()
  expect(await second.say('UIDL 2')).toBe('+OK 2 uid-2')
})

test('R36: a unique-id is not used again after its message is gone', async () => {
  const server = aliceServer()
  const first = await talk(server).login()
  await first.say('DELE 2')
  await first.say('QUIT')
  expect(server.maildrop('alice').deliver('another').uid).toBe('uid-3')
})

test('R36: a message marked deleted is not listed', async () => {
  const client = await talk(aliceServer()).login()
  await client.say('DELE 1')
  expect(await client.ask('UIDL')).toEqual(['+OK unique-id listing follows', '2 uid-2'])
  expect(await client.say('UIDL 1')).toBe('-ERR message 1 is marked deleted')
})

test('R37: two messages may be given one unique-id', async () => {
  const server = setupPop3Server({
    maildrops: {
      alice: {
        password: 'wonderland',
        messages: [
          { content: 'a', uid: 'same' },
          { content: 'a', uid: 'same' },
        ],
      },
    },
  })
  const client = await talk(server).login()
  expect(await client.ask('UIDL')).toEqual(['+OK unique-id listing follows', '1 same', '2 same'])
})
