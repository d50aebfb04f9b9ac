import { expect, test } from 'vitest'
import { type Fault, fault, pop3 } from '../index.ts'
import { type Talk, aliceServer, talk } from '../testing/talk.ts'

const begun = async (played: Fault): Promise<{ client: Talk; fired: () => number | undefined }> => {
  const server = aliceServer()
  server.use(pop3.auth(played))
  const client = talk(server)
  await client.say()
  return { client, fired: () => server.listHandlers()[0]?.fired }
}

test.each([
  ['+', 'AUTH PLAIN', '+'],
  ['+OK', 'AUTH PLAIN', '+OK'],
  ['go ahead', 'AUTH PLAIN', 'go ahead'],
  ['+OK', 'AUTH LOGIN', '+OK VXNlcm5hbWU6'],
  ['Username:', 'AUTH LOGIN', 'Username:'],
])('M57: challenge(%j) at %s: %s, and the exchange goes on', async (line, command, expected) => {
  const { client, fired } = await begun(fault.challenge(line))
  expect(await client.say(command)).toBe(expected)
  expect(fired()).toBe(1)
  expect(await client.say('*')).toBe('-ERR cancelled')
})

test('the exchange succeeds behind a challenge that does not look like one', async () => {
  const { client } = await begun(fault.challenge('+'))
  await client.say('AUTH PLAIN')
  expect(await client.say('AGFsaWNlAHdvbmRlcmxhbmQ=')).toBe('+OK maildrop has 2 messages (58 octets)')
})

test('challenge: at pop3.response it is the second one', async () => {
  const server = aliceServer()
  server.use(pop3.response(fault.challenge('+OK'), { once: true }))
  const client = talk(server)
  await client.say()
  expect(await client.say('AUTH LOGIN')).toBe('+ VXNlcm5hbWU6')
  expect(await client.say('YWxpY2U=')).toBe('+OK UGFzc3dvcmQ6')
  server.assertNoPendingFaults()
})

test.each([
  ['+', 'AUTH LOGIN'],
  ['+OK', 'AUTH NONE'],
  ['+OK', 'AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ='],
])('challenge(%j) changes nothing at %s', async (line, command) => {
  const { client, fired } = await begun(fault.challenge(line))
  const answer = await client.say(command)
  expect(answer).toMatch(/^(\+ VXNlcm5hbWU6|-ERR no such mechanism|\+OK maildrop .*)$/)
  expect(fired()).toBe(0)
})

test('a challenge of two lines is refused when the fault is made', () => {
  expect(() => fault.challenge('a\nb')).toThrow("Cannot use 'a\\nb' as a challenge: expected one line of text")
})
