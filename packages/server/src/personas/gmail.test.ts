import { expect, test } from 'vitest'
import { setupPop3Server } from '../server.ts'
import { type Talk, aliceServer, talk } from '../testing/talk.ts'

const gmailServer = (messages?: string[]): ReturnType<typeof aliceServer> =>
  aliceServer({ persona: 'gmail', clock: 'virtual' }, messages)

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `Subject: ${index + 1}\n\n`)

async function fetchAll(client: Talk, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) await client.ask(`RETR ${number}`)
}

test('what a session with Gmail sounds like', async () => {
  const client = talk(gmailServer())
  expect(await client.say()).toMatch(/^\+OK Gpop ready for requests from 127\.0\.0\.1 \w+$/)
  expect(await client.say('USER alice')).toBe('+OK send PASS')
  expect(await client.say('PASS wrong')).toBe('-ERR [AUTH] Username and password not accepted.')
  await client.say('USER alice')
  expect(await client.say('PASS wonderland')).toBe('+OK Welcome.')
  expect(await client.ask('LIST')).toEqual(['+OK 2 messages (58 bytes)', '1 31', '2 27'])
  expect(await client.ask('UIDL')).toEqual([
    '+OK',
    ...[1, 2].map((number) => expect.stringMatching(`^${number} GmailId[0-9a-f]{16}$`)),
  ])
  expect(await client.say('DELE 1')).toBe('+OK')
  expect(await client.say('QUIT')).toBe('+OK Farewell.')
})

test('R44: CAPA drops SASL behind the login, and PIPELINING is only there', async () => {
  const alice = { password: 'wonderland', accessTokens: ['ya29.x'] }
  const client = talk(setupPop3Server({ persona: 'gmail', maildrops: { alice } }))
  await client.say()
  const always = ['EXPIRE 0', 'LOGIN-DELAY 300', 'TOP', 'UIDL', 'X-GOOGLE-RICO']
  const status = '+OK Capability list follows'
  expect(await client.ask('CAPA')).toEqual([status, 'USER', 'RESP-CODES', ...always, 'SASL PLAIN XOAUTH2'])
  await client.say('USER alice')
  await client.say('PASS wonderland')
  expect(await client.ask('CAPA')).toEqual([status, 'USER', 'RESP-CODES', 'PIPELINING', ...always])
})

test('R85: XOAUTH2 is taken in one line, and what is wrong with a token comes as a challenge (R86)', async () => {
  const server = setupPop3Server({ persona: 'gmail', maildrops: { alice: { accessTokens: ['ya29.x'] } } })
  const message = (token: string): string =>
    Buffer.from(`user=alice\x01auth=Bearer ${token}\x01\x01`).toString('base64')
  const client = talk(server)
  await client.say()
  expect(await client.say(`AUTH XOAUTH2 ${message('stale')}`)).toMatch(/^\+ \w+/)
  expect(await client.say('')).toBe('-ERR [AUTH] Username and password not accepted.')
  expect(await client.say('AUTH XOAUTH2')).toBe('+ ')
  expect(await client.say(message('ya29.x'))).toBe('+OK Welcome.')
})

test.each(['UTF8', 'FOO', 'STAT', 'STLS'])('M52: %s is a bad command, and the last', async (command) => {
  const client = talk(gmailServer())
  await client.say()
  client.send(`${command}\r\nCAPA\r\n`)
  expect(await client.rest()).toMatch(/^-ERR bad command \w+\r\n$/)
})

test('R40, M39: RETR and QUIT hide a message without DELE, and it stays in the mailbox', async () => {
  const server = gmailServer()
  const first = await talk(server).login()
  await first.ask('RETR 1')
  await first.leave()
  const second = await talk(server).login()
  expect(await second.say('STAT')).toBe('+OK 2 58')
  await second.ask('RETR 1')
  await second.say('QUIT')
  const third = await talk(server).login()
  expect(await third.say('STAT')).toBe('+OK 1 27')
  expect(server.maildrop('alice').messages).toHaveLength(2)
})

test('M38: the oldest 250 are shown, and the next ones when those were fetched', async () => {
  const server = gmailServer(numbered(251))
  const first = await talk(server).login()
  expect(await first.say('STAT')).toMatch(/^\+OK 250 /)
  expect(await first.ask('TOP 1 0')).toContain('Subject: 1')
  await fetchAll(first, 250)
  await first.say('QUIT')
  const second = await talk(server).login()
  expect(await second.ask('TOP 1 0')).toContain('Subject: 251')
  expect(await second.say('TOP 2 0')).toMatch(/^-ERR/)
})

test('M39: recent: shows what came in 30 days, fetched before or not', async () => {
  const server = aliceServer({ persona: 'gmail-recent', clock: 'virtual' }, ['Subject: old\n\n'])
  await server.clock.advance(20 * 86_400_000)
  server.maildrop('alice').deliver('Subject: new\n\n')
  const first = await talk(server).login('recent:alice')
  await fetchAll(first, 2)
  await first.say('QUIT')
  const second = await talk(server).login('alice')
  expect(await second.say('STAT')).toMatch(/^\+OK 2 /)
  await second.say('QUIT')
  await server.clock.advance(10 * 86_400_000)
  const third = await talk(server).login('recent:alice')
  expect(await third.ask('TOP 1 0')).toContain('Subject: new')
})
