import { apopDigest } from '@pop3kit/codec'
import { expect, test } from 'vitest'
import { type Pop3Server, setupPop3Server } from '../index.ts'
import { aliceServer, talk } from '../testing/talk.ts'

const apopServer = (): Pop3Server => setupPop3Server({ maildrops: { alice: { apopSecret: 'tanstaaf' } } })

const timestampOf = (greeting: string): string => /<.*>/.exec(greeting)?.[0] ?? ''

test('R20: the greeting holds a msg-id timestamp, another one in every session', async () => {
  const server = apopServer()
  const first = timestampOf(await talk(server).say())
  const second = timestampOf(await talk(server).say())
  expect(first).toMatch(/^<[^<>@]+@[^<>@]+>$/)
  expect(second).not.toBe(first)
})

test('R20: without an APOP secret anywhere the greeting holds no timestamp and APOP is unknown', async () => {
  const client = talk(aliceServer())
  expect(await client.say()).toBe('+OK POP3 server ready')
  expect(await client.say('APOP alice c4c9334bac560ecc979e58001b3e22fb')).toBe('-ERR unknown command')
})

test('R21: the digest of timestamp and secret logs in', async () => {
  const client = talk(apopServer())
  const digest = apopDigest(timestampOf(await client.say()), 'tanstaaf')
  expect(await client.say(`APOP alice ${digest}`)).toMatch(/^\+OK/)
  expect(await client.say('STAT')).toBe('+OK 0 0')
})

test('R21: the digest is lower-case hexadecimal', async () => {
  const client = talk(apopServer())
  const digest = apopDigest(timestampOf(await client.say()), 'tanstaaf')
  expect(await client.say(`APOP alice ${digest.toUpperCase()}`)).toMatch(/^-ERR/)
})

test('R22: a wrong digest is refused and the session stays in AUTHORIZATION', async () => {
  const client = talk(apopServer())
  const greeting = await client.say()
  expect(await client.say('APOP alice 00000000000000000000000000000000')).toMatch(/^-ERR/)
  expect(await client.say(`APOP alice ${apopDigest(timestampOf(greeting), 'tanstaaf')}`)).toMatch(/^\+OK/)
})

test('R23: a maildrop that only has a password refuses APOP with it', async () => {
  const server = setupPop3Server({ maildrops: { alice: { apopSecret: 'tanstaaf' }, bob: { password: 'builder' } } })
  const client = talk(server)
  const digest = apopDigest(timestampOf(await client.say()), 'builder')
  expect(await client.say(`APOP bob ${digest}`)).toMatch(/^-ERR/)
})

test('R11: APOP with one argument is a syntax error', async () => {
  const client = talk(apopServer())
  await client.say()
  expect(await client.say('APOP alice')).toBe('-ERR syntax error in APOP')
})
