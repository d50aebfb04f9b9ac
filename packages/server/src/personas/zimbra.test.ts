import { expect, test } from 'vitest'
import { type Talk, aliceServer, talk } from '../testing/talk.ts'

async function greeted(): Promise<Talk> {
  const client = talk(aliceServer({ persona: 'zimbra' }))
  await client.say()
  return client
}

test('R53: how long messages are kept is known behind the login', async () => {
  const client = await greeted()
  const capabilities = (expire: string): string[] => [
    '+OK Capability list follows',
    'TOP',
    'USER',
    'UIDL',
    'STLS',
    'SASL PLAIN X-ZIMBRA',
    `EXPIRE ${expire}`,
    'XOIP',
    'IMPLEMENTATION ZimbraInc',
  ]
  expect(await client.ask('CAPA')).toEqual(capabilities('31 USER'))
  expect(await client.say('USER alice')).toBe('+OK hello alice, please enter your password')
  expect(await client.say('PASS wonderland')).toBe('+OK server ready')
  expect(await client.ask('CAPA')).toEqual(capabilities('NEVER'))
})

test.each([
  ['', '-ERR invalid request. please specify a command'],
  ['FOO', '-ERR unknown command'],
  ['STAT', '-ERR this command is only valid after a login'],
  ['USER', '-ERR please specify a user'],
  ['PASS x', '-ERR please specify username first with the USER command'],
  ['NOOP', '+OK yawn'],
  ['XOIP 192.0.2.1', '+OK'],
  ['AUTH', '-ERR mechanism not specified'],
  ['AUTH X-ZIMBRA', '-ERR mechanism not supported'],
  ['AUTH PLAIN', '+ '],
  ['QUIT', '+OK mail.example.com Zimbra POP3 server closing connection'],
])('before the login it answers %j with %j', async (command, expected) => {
  expect(await (await greeted()).say(command)).toBe(expected)
})

test.each([
  ['LIST 1', '+OK 1 31'],
  ['LIST +1', '+OK 1 31'],
  ['LIST x', '-ERR unable to parse msg'],
  ['LIST 2147483648', '-ERR unable to parse msg'],
  ['LIST 3', '-ERR invalid message'],
  ['RETR', '-ERR please specify a message'],
  ['TOP 1', '-ERR please specify a message and number of lines'],
  ['TOP 1 x', '-ERR unable to parse number of lines'],
  ['TOP 1 -1', '-ERR please specify a non-negative value for number of lines'],
  ['STAT x', '+OK 2 58'],
  ['USER alice', '-ERR this command is only valid in authorization state'],
])('behind the login it answers %j with %j', async (command, expected) => {
  expect(await (await talk(aliceServer({ persona: 'zimbra' })).login()).say(command)).toBe(expected)
})

test('RSET says how many it took back, and QUIT how many it removed', async () => {
  const client = await talk(aliceServer({ persona: 'zimbra' })).login()
  expect(await client.say('DELE 1')).toBe('+OK message 1 marked for deletion')
  expect(await client.say('DELE 1')).toBe('-ERR message is deleted')
  expect(await client.say('RSET')).toBe('+OK 1 message(s) undeleted')
  await client.say('DELE 1')
  await client.say('DELE 2')
  expect(await client.say('QUIT')).toBe('+OK deleted 2 message(s)')
})
