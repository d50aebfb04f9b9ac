import { expect, test } from 'vitest'
import { setupPop3Server } from '../server.ts'
import { type Talk, aliceServer, talk } from '../testing/talk.ts'

async function greeted(): Promise<Talk> {
  const alice = { password: 'wonderland', accessTokens: ['eyJ0'], messages: ['Subject: one\n\n'] }
  const client = talk(setupPop3Server({ persona: 'exchange', maildrops: { alice } }))
  await client.say()
  return client
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const xoauth2 = base64('user=alice\x01auth=Bearer eyJ0\x01\x01')

test('R42: the greeting ends in the name of a server, in UTF-16, base64 and brackets', async () => {
  const greeting = await talk(aliceServer({ persona: 'exchange' })).say()
  const [, name = ''] = /^\+OK The Microsoft Exchange POP3 service is ready\. \[(\S+)\]$/.exec(greeting) ?? []
  expect(Buffer.from(name, 'base64').toString('utf16le')).toBe('mail.example.com')
})

test('what a session with Exchange sounds like', async () => {
  const client = await greeted()
  expect(await client.ask('CAPA')).toEqual(['+OK', 'TOP', 'UIDL', 'STLS', 'SASL PLAIN XOAUTH2', 'USER'])
  expect(await client.say('STAT')).toBe('-ERR Command is not valid in this state.')
  expect(await client.say('USER alice')).toBe('+OK')
  expect(await client.say('PASS wonderland')).toBe('+OK User successfully logged on.')
  expect(await client.ask('LIST')).toEqual(['+OK 1 16', '1 16'])
  expect(await client.ask('UIDL')).toEqual(['+OK', '1 1'])
  expect(await client.say('FOO')).toBe('-ERR Protocol error. 19')
  expect(await client.say('QUIT')).toBe('+OK Microsoft Exchange Server POP3 server signing off.')
})

test('R87, M57, M58: XOAUTH2 is taken in two lines, behind a challenge that is nothing but a plus', async () => {
  const client = await greeted()
  expect(await client.say('AUTH XOAUTH2')).toBe('+')
  expect(await client.say(xoauth2)).toBe('+OK User successfully logged on.')
})

test('R87, M58: XOAUTH2 in one line is a protocol error, and the last', async () => {
  const client = await greeted()
  client.send(`AUTH XOAUTH2 ${xoauth2}\r\nCAPA\r\n`)
  expect(await client.rest()).toBe('-ERR Protocol error. Connection is closed. 10\r\n')
})

test('R74: so is a line that is too long', async () => {
  const client = await greeted()
  client.send(`AUTH PLAIN ${'A'.repeat(300)}\r\n`)
  expect(await client.rest()).toBe('-ERR Protocol error. Connection is closed. 10\r\n')
})

test('PLAIN is taken in one line', async () => {
  expect(await (await greeted()).say(`AUTH PLAIN ${base64('\0alice\0wonderland')}`)).toMatch(/^\+OK User/)
})

test('M61: whoever comes too often is told that the password is wrong', async () => {
  const alice = { password: 'wonderland', policies: { sessionsPerUser: 1, lock: 'shared' } as const }
  const server = setupPop3Server({ persona: 'exchange', maildrops: { alice } })
  await talk(server).login()
  const second = talk(server)
  await second.say()
  await second.say('USER alice')
  const throttled = await second.say('PASS wonderland')
  const third = talk(server)
  await third.say()
  await third.say('USER alice')
  expect(await third.say('PASS wrong')).toBe(throttled)
  expect(throttled).toBe('-ERR Logon failure: unknown user name or bad password.')
})
