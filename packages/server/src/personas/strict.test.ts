import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'
import { strict } from './strict.ts'

test('M42, M46: a persona without TOP and UIDL neither announces nor knows them', async () => {
  const { TOP: _top, UIDL: _uidl, ...commands } = strict.commands
  const client = await talk(aliceServer({ persona: { ...strict, commands } })).login()
  const capabilities = await client.ask('CAPA')
  expect(capabilities).not.toContain('TOP')
  expect(capabilities).not.toContain('UIDL')
  expect(await client.say('TOP 1 0')).toBe('-ERR unknown command')
  expect(await client.say('UIDL')).toBe('-ERR unknown command')
})

test('R44, R64: what strict announces before the login in clear', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect(await client.ask('CAPA')).toEqual([
    '+OK capability list follows',
    'USER',
    'TOP',
    'UIDL',
    'RESP-CODES',
    'AUTH-RESP-CODE',
    'PIPELINING',
    'EXPIRE NEVER',
    'STLS',
    'SASL SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN',
    'UTF8 USER',
    'LANG',
    'IMPLEMENTATION pop3kit',
  ])
})
