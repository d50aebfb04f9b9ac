import { once } from 'node:events'
import { connect } from 'node:tls'
import { expect, test, vi } from 'vitest'
import { type MaildropPolicies, type MessageInit, type Persona, type Pop3Server, setupPop3Server } from '../index.ts'
import { strict } from '../personas/strict.ts'
import { Talk, aliceServer, talk } from '../testing/talk.ts'

const three: readonly MessageInit[] = ['Subject: one\r\n\r\n', 'Subject: two\r\n\r\n', 'Subject: three\r\n\r\n']

function withPolicies(policies: Partial<MaildropPolicies>, messages: readonly MessageInit[] = three): Pop3Server {
  const maildrops = { alice: { password: 'wonderland', messages, policies }, bob: { password: 'builder', messages } }
  return setupPop3Server({ clock: 'virtual', maildrops })
}

const withPersona = (policies: Partial<Persona['policies']>): Pop3Server =>
  aliceServer({ clock: 'virtual', persona: { ...strict, policies: { ...strict.policies, ...policies } } })

/** What PASS is answered in a session of its own, which is over then. */
async function login(server: Pop3Server, user = 'alice', password = 'wonderland'): Promise<string> {
  const client = talk(server)
  await client.say()
  await client.say(`USER ${user}`)
  const line = await client.say(`PASS ${password}`)
  await client.leave()
  return line
}

const subjects = async (client: Talk): Promise<string[]> => {
  const [, ...rows] = await client.ask('LIST')
  const numbers = rows.map((row) => row.split(' ')[0])
  const found: string[] = []
  for (const number of numbers) found.push(((await client.ask(`TOP ${number} 0`))[1] ?? '').slice('Subject: '.length))
  return found
}

test('one maildrop may be shared where the others are locked (R16)', async () => {
  await using server = withPolicies({ lock: 'shared' })
  await talk(server).login()
  expect(await login(server)).toMatch(/^\+OK/)
  await talk(server).login('bob', 'builder')
  expect(await login(server, 'bob', 'builder')).toBe('-ERR [IN-USE] maildrop is locked by another session')
})

test('R50, R57: a login that comes too soon is refused with [LOGIN-DELAY], on the clock of the server', async () => {
  await using server = withPersona({ loginDelay: 900_000 })
  expect(await login(server)).toMatch(/^\+OK/)
  await server.clock.advance('14m')
  expect(await login(server)).toBe('-ERR [LOGIN-DELAY] the last login was too short a time ago')
  await server.clock.advance('1m')
  expect(await login(server)).toMatch(/^\+OK/)
  const client = talk(server)
  await client.say()
  expect(await client.ask('CAPA')).toContain('LOGIN-DELAY 900')
})

test('R50: where one maildrop has another delay, the largest is announced with USER before the login, and its own after it', async () => {
  await using server = withPolicies({ loginDelay: 60_000 })
  const client = talk(server)
  await client.say()
  expect(await client.ask('CAPA')).toContain('LOGIN-DELAY 60 USER')
  await client.say('USER bob')
  await client.say('PASS builder')
  expect((await client.ask('CAPA')).join(' ')).not.toContain('LOGIN-DELAY')
})

test('a user has as many sessions as the policy allows, and one more is refused and closed', async () => {
  await using server = withPolicies({ lock: 'shared', sessionsPerUser: 2 })
  const first = await talk(server).login()
  await talk(server).login()
  const third = talk(server)
  await third.say()
  await third.say('USER alice')
  expect(await third.say('PASS wonderland')).toBe('-ERR [IN-USE] too many sessions of this user')
  expect(await third.rest()).toBe('')
  await first.leave()
  expect(await login(server)).toMatch(/^\+OK/)
})

test('R40, R53, M40: under the policy "retrieved" QUIT removes what was retrieved, and EXPIRE 0 says so', async () => {
  await using server = withPolicies({ deletion: 'retrieved' })
  const dropped = await talk(server).login()
  await dropped.ask('RETR 1')
  await dropped.leave()
  const reset = await talk(server).login()
  await reset.ask('RETR 1')
  await reset.say('RSET')
  await reset.say('QUIT')
  await reset.rest()
  expect(server.maildrop('alice').messages).toHaveLength(3)
  const client = await talk(server).login()
  expect(await client.ask('CAPA')).toContain('EXPIRE 0')
  await client.ask('RETR 1')
  await client.say('DELE 3')
  await client.say('QUIT')
  await client.rest()
  expect(server.maildrop('alice').messages.map(({ uid }) => uid)).toEqual(['uid-2'])
})

test('M39: under the policy "hidden" QUIT hides what was retrieved, and it stays in the maildrop', async () => {
  await using server = withPolicies({ deletion: 'hidden' })
  const client = await talk(server).login()
  await client.ask('RETR 1')
  await client.ask('TOP 2 0')
  await client.say('DELE 3')
  await client.say('QUIT')
  await client.rest()
  expect(server.maildrop('alice').messages.map(({ uid }) => uid)).toEqual(['uid-1', 'uid-2'])
  const again = await talk(server).login()
  expect(await again.ask('UIDL')).toEqual(['+OK unique-id listing follows', '1 uid-2'])
})

test.each([
  [{ oldest: 2 }, ['one', 'two']],
  [{ newest: 2 }, ['two', 'three']],
  [{ newest: 5 }, ['one', 'two', 'three']],
] as const)('M38: a window of %j shows %j', async (window, expected) => {
  await using server = withPolicies({ window })
  expect(await subjects(await talk(server).login())).toEqual(expected)
})

test('M39: a window of days shows what arrived in them, hidden or not, by the clock of the server', async () => {
  await using server = withPolicies({ deletion: 'hidden', window: { days: 30 } })
  server.maildrop('alice').deliver({ content: 'Subject: old\r\n\r\n', arrivedAt: server.clock.now() - 31 * 86_400_000 })
  const client = await talk(server).login()
  await client.ask('RETR 1')
  await client.say('QUIT')
  await client.rest()
  expect(await subjects(await talk(server).login())).toEqual(['one', 'two', 'three'])
  await server.clock.advance(`${31 * 24}h`)
  expect(await subjects(await talk(server).login())).toEqual([])
})

test('a message that somebody else removed may still be served to a session that saw it', async () => {
  await using server = withPolicies({ expunged: 'served' })
  const client = await talk(server).login()
  server.maildrop('alice').expunge(1)
  expect((await client.ask('RETR 1'))[1]).toBe('Subject: one')
})

const internationalized = ['Subject: grüße\r\n\r\nin UTF-8\r\n', 'Subject: plain\r\n\r\ngrüße\r\n']

test('R91, R92: a message with a header in UTF-8 is refused with [UTF8], unless the client has said UTF8', async () => {
  await using server = withPolicies({}, internationalized)
  const client = await talk(server).login()
  const refusal = '-ERR [UTF8] message 1 has a header in UTF-8, say UTF8 before the login'
  expect(await client.say('RETR 1')).toBe(refusal)
  expect(await client.say('TOP 1 0')).toBe(refusal)
  expect((await client.ask('RETR 2'))[0]).toMatch(/^\+OK/)
  await client.leave()
  const other = talk(server)
  await other.say()
  expect(await other.say('UTF8')).toMatch(/^\+OK/)
  await other.say('USER alice')
  await other.say('PASS wonderland')
  expect(Buffer.from((await other.ask('RETR 1'))[1] ?? '', 'latin1').toString()).toBe('Subject: grüße')
})

test('the policy "send" sends it as it is', async () => {
  await using server = withPolicies({ internationalized: 'send' }, internationalized)
  expect((await (await talk(server).login()).ask('RETR 1'))[0]).toMatch(/^\+OK/)
})

test('R69, M63: without TLS right and wrong passwords get the same answer when passwords are taken over TLS only', async () => {
  await using server = withPersona({ cleartextLogin: 'refused' })
  const client = talk(server)
  await client.say()
  const capabilities = await client.ask('CAPA')
  expect(capabilities).not.toContain('USER')
  expect(capabilities).toContain('SASL SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5')
  const refusal = '-ERR [AUTH] passwords are taken over TLS only'
  for (const command of ['USER alice', 'USER nobody', 'AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmQ=', 'AUTH PLAIN AGEAYg==']) {
    expect(await client.say(command)).toBe(refusal)
  }
  await client.leave()
  const ca = await server.certificateAuthority()
  const socket = connect({ socket: server.connect({ tls: 'implicit' }), host: 'localhost', ca })
  await once(socket, 'secureConnect')
  expect(await (await new Talk(socket).login()).say('STAT')).toMatch(/^\+OK/)
})

test('behind too many bad commands in a row the server says so and closes', async () => {
  await using server = withPersona({ badCommands: { AUTHORIZATION: 3, TRANSACTION: 2 } })
  const client = talk(server)
  await client.say()
  for (const command of ['FOO', 'BAR', 'CAPA', 'FOO', 'BAR']) client.send(`${command}\r\n`)
  client.send('NOOP\r\n')
  const heard = await client.rest()
  expect(heard.endsWith('-ERR NOOP is not valid in this state\r\n-ERR too many bad commands\r\n')).toBe(true)
  const other = await talk(server).login()
  other.send('FOO\r\nSTAT\r\nFOO\r\nLIST x\r\n')
  expect((await other.rest()).endsWith('-ERR syntax error in LIST\r\n-ERR too many bad commands\r\n')).toBe(true)
})

test('a reply takes the time that the persona gives its text, on the clock of the server', async () => {
  await using server = withPersona({ delays: { 'login.refused': 5000 } })
  const client = talk(server)
  await client.say()
  await client.say('USER alice')
  client.send('PASS wrong\r\n')
  await server.clock.advance(4999)
  expect(client.chunks.at(-1)).toMatch(/^\+OK/)
  await server.clock.advance(1)
  expect(client.chunks.at(-1)).toMatch(/^-ERR \[AUTH\]/)
})

test('a server that has as many sessions as it takes greets one more with [SYS/TEMP] and closes', async () => {
  await using server = aliceServer({ limits: { sessions: 1 } })
  const first = talk(server)
  await first.say()
  const second = talk(server)
  expect(await second.rest()).toBe('-ERR [SYS/TEMP] too many sessions, try later\r\n')
  await first.leave()
  await expect.poll(() => talk(server).say()).toMatch(/^\+OK/)
})

test.each([0, -1, 1.5, Number.NaN])('a limit of %s is refused', (sessions) => {
  expect(() => aliceServer({ limits: { sessions } })).toThrow(`Cannot use ${sessions} as the limit "sessions"`)
})

test('R81: a client that talks ahead is not read beyond the limit, and gets all its answers', async () => {
  await using server = aliceServer({ limits: { waitingOctets: 100 } })
  const client = await talk(server).login()
  client.send('NOOP\r\n'.repeat(1000))
  client.send('QUIT\r\n')
  expect((await client.rest()).split('\r\n')).toHaveLength(1002)
})

test('it says so when other machines can reach it, and not when they cannot', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  await using server = aliceServer()
  await server.listen()
  await server.listen({ host: '::1' }).catch(() => {})
  expect(warn).not.toHaveBeenCalled()
  await server.listen({ host: '0.0.0.0' })
  expect(warn.mock.calls[0]?.[0]).toMatch(/^pop3kit listens on 0\.0\.0\.0 port \d+: other machines can reach it$/)
  warn.mockRestore()
})
