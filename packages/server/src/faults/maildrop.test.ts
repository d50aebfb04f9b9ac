import { expect, test } from 'vitest'
import { fault, pop3 } from '../index.ts'
import { play } from '../testing/play.ts'
import { aliceServer, talk } from '../testing/talk.ts'

test('M35: a message arrives, the session does not know it, and the next one does', async () => {
  const { server, octets, fired, transcript } = await play(fault.arrive({ content: 'late\r\n', uid: 'late-1' }), 'LIST')
  expect(octets).toBe('+OK 2 messages (58 octets)\r\n1 31\r\n2 27\r\n.\r\n')
  expect(fired).toBe(1)
  expect(transcript).toContain(`# fault: arrive({ content: 'late\\r\\n', uid: 'late-1' })\n`)
  expect(
    server
      .maildrop('alice')
      .messages.map(({ uid }) => uid)
      .at(-1),
  ).toBe('late-1')
})

test('arrive: nothing arrives where nobody is logged in, and the fault is pending', async () => {
  const server = aliceServer()
  server.use(pop3.capa(fault.arrive('late\r\n')))
  const client = talk(server)
  await client.say()
  await client.ask('CAPA')
  expect(server.maildrop('alice').messages).toHaveLength(2)
  expect(() => server.assertNoPendingFaults()).toThrow('has not fired')
})

test('M36: a message vanishes under its number in the session', async () => {
  const server = aliceServer()
  const [, second] = server.maildrop('alice').messages
  const client = await talk(server).login()
  server.maildrop('alice').expunge(1)
  server.use(pop3.retr(fault.vanish(2)))
  expect(await client.say('RETR 2')).toBe('-ERR message 2 is gone')
  expect(server.maildrop('alice').messages).not.toContain(second)
  expect(server.listHandlers()[0]?.fired).toBe(1)
  expect(await client.say('RETR 2')).toBe('-ERR message 2 is gone')
  expect(server.listHandlers()[0]?.fired).toBe(1)
})

test('M36: Dovecot says so in its words', async () => {
  const { octets } = await play(fault.vanish(1), 'RETR 1', { persona: 'dovecot' })
  expect(octets).toMatch(/^-ERR .*expunged/)
})

test('M41: deletes are accepted and not carried out', async () => {
  const server = aliceServer()
  server.use(pop3.quit(fault.keep(), { once: true }))
  const client = await talk(server).login()
  expect(await client.say('DELE 1')).toBe('+OK message 1 deleted')
  expect(await client.say('QUIT')).toBe('+OK bye, 1 messages left')
  await client.rest()
  expect(server.maildrop('alice').messages).toHaveLength(2)
  expect(server.sessions[0]?.removed).toEqual([])
  server.assertNoPendingFaults()

  const again = await talk(server).login()
  await again.say('DELE 1')
  await again.say('QUIT')
  expect(server.maildrop('alice').messages).toHaveLength(1)
})

test('keep: where nothing was to be removed the fault is pending', async () => {
  const { fired, octets } = await play(fault.keep(), 'QUIT')
  expect(octets).toBe('+OK bye, 2 messages left\r\n')
  expect(fired).toBe(0)
})

test('M62: behind so many octets LIST, UIDL, RETR and DELE are refused, and the rest is not', async () => {
  const commands = ['RETR 1', 'RETR 1', 'LIST', 'UIDL', 'DELE 1', 'STAT', 'NOOP', 'CAPA']
  const { octets, fired } = await play(fault.quota(40, 'quota is used up'), commands)
  const refusal = '-ERR quota is used up\r\n'
  const whole = '+OK 31 octets\r\nSubject: one\r\n\r\nfirst message\r\n.\r\n'
  expect(octets.startsWith(`${whole}${refusal.repeat(4)}+OK 2 58\r\n+OK\r\n+OK `)).toBe(true)
  expect(fired).toBe(4)
})

test('quota: each session has its own', async () => {
  const server = aliceServer()
  server.use(pop3.any(fault.quota(300)))
  for (let count = 0; count < 3; count += 1) {
    const client = await talk(server).login()
    expect(await client.say('LIST 1')).toBe('+OK 1 31')
    await client.say('QUIT')
    await client.rest()
  }
})

test.each([
  [() => fault.arrive(7 as never), 'Cannot use 7 as a message: expected its text or an object with content, uid'],
  [() => fault.arrive({ uid: 'a' } as never), 'Cannot use undefined as a message: expected its text'],
  [
    () => fault.arrive({ content: 'x', uid: 'a b' }),
    "Cannot use 'a b' as a unique-id: expected 1 to 70 octets from 0x21 to 0x7E",
  ],
  [() => fault.vanish(0), 'Cannot use 0 as a message number: expected a whole number, 1 or more'],
  [() => fault.quota(-1), 'Cannot use -1 as a quota in octets: expected a whole number, 0 or more'],
  [() => fault.quota(1, 'a\r\nb'), "Cannot use 'a\\r\\nb' as the text of a refusal"],
])('refused when the fault is made: $1', (make, message) => {
  expect(make).toThrow(message)
})
