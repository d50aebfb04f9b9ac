import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'

test('R43: CAPA lists capabilities before and after the login, without blank lines', async () => {
  const client = talk(aliceServer())
  await client.say()
  const [status, ...before] = await client.ask('CAPA')
  expect(status).toBe('+OK capability list follows')
  expect(before).toContain('TOP')
  expect(before).not.toContain('')
  expect(Math.max(...before.map((line) => line.length + 2))).toBeLessThanOrEqual(512)
})

test('R44: what is announced before the login is announced after it', async () => {
  const server = aliceServer()
  const before = talk(server)
  await before.say()
  const [, ...announced] = await before.ask('CAPA')
  const after = await talk(server).login()
  // RFC 2595 section 4: STLS is announced in the AUTHORIZATION state only.
  expect(await after.ask('CAPA')).toEqual(expect.arrayContaining(announced.filter((line) => line !== 'STLS')))
})

test('R47: CAPA does not list APOP', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect((await client.ask('CAPA')).some((line) => line.startsWith('APOP'))).toBe(false)
})

test('R41: a command line of 255 octets is taken, one of 256 refused, and the session goes on', async () => {
  const client = talk(aliceServer())
  await client.say()
  expect(await client.say(`USER ${'a'.repeat(248)}`)).toMatch(/^\+OK/)
  expect(await client.say(`PASS ${'a'.repeat(249)}`)).toBe('-ERR command line too long')
  expect((await client.ask('CAPA'))[0]).toMatch(/^\+OK/)
})

test.each([
  ['UIDL', 'UIDL 1'],
  ['TOP', 'TOP 1 0'],
])('R54: %s is announced and works', async (tag, command) => {
  const client = await talk(aliceServer()).login()
  expect(await client.ask('CAPA')).toContain(tag)
  expect(await client.say(command)).toMatch(/^\+OK/)
})
