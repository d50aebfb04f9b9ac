/** What Cyrus pop3d 3.6.1 was asked beside what its captured sessions show. */
import { expect, test } from 'vitest'
import type { Pop3ServerOptions } from '../index.ts'
import { setupPop3Server } from '../server.ts'
import { type Talk, aliceServer, talk } from '../testing/talk.ts'
import { cyrus } from './cyrus.ts'

const cyrusServer = (persona: Pop3ServerOptions['persona'] = 'cyrus'): ReturnType<typeof aliceServer> =>
  aliceServer({ persona, clock: 'virtual' })

/** Before the login. */
async function greeted(persona?: Pop3ServerOptions['persona']): Promise<Talk> {
  const client = talk(cyrusServer(persona))
  await client.say()
  return client
}

const loggedIn = (persona?: Pop3ServerOptions['persona']): Promise<Talk> => talk(cyrusServer(persona)).login()

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64')

test.each([
  ['USER', '-ERR Missing argument'],
  ['USER\t', '-ERR Syntax error'],
  ['FOO ', '-ERR Syntax error'],
  ['\r', '-ERR Syntax error'],
  ['', '-ERR Unrecognized command'],
  [' USER alice', '-ERR Unrecognized command'],
  ['USER \v\f\r alice', '+OK Name is a valid mailbox'],
  ['USER\0 alice', '-ERR Missing argument'],
  ['CAPA\0 x', '+OK List of capabilities follows'],
  ['CAPA\r\0x', '+OK List of capabilities follows'],
  ['QUIT 1', '-ERR Unexpected extra argument'],
  ['STLS 1', '-ERR Unexpected extra argument'],
  ['STAT', '-ERR Unrecognized command'],
  ['APOP', '-ERR Unrecognized command'],
  ['AUTH ', '+OK List of supported mechanisms follows'],
])('before the login it answers %j with %j', async (command, expected) => {
  expect(await (await greeted()).say(command)).toBe(expected)
})

test.each([
  ['LIST 01', '+OK 1 31'],
  ['LIST\v\v1', '+OK 1 31'],
  ['LIST 1\0 2', '+OK 1 31'],
  ['LIST +1', '-ERR Not a number'],
  ['LIST 1,2', '-ERR Unexpected extra argument'],
  ['LIST 4294967295', '-ERR No such message'],
  ['LIST 4294967296', '-ERR Not a number'],
  ['UIDL 0', '-ERR No such message'],
  ['DELE', '-ERR Missing argument'],
  ['RETR x', '-ERR Not a number'],
  ['TOP x', '-ERR Missing argument'],
  ['TOP 1', '-ERR Missing argument'],
  ['TOP 1 ', '-ERR Invalid number of lines'],
  ['TOP 1x5', '-ERR Invalid number of lines'],
  ['TOP 1 5x', '-ERR Unexpected extra argument'],
  ['TOP 99 x', '-ERR Invalid number of lines'],
  ['TOP 99 1', '-ERR No such message'],
  ['TOP 1 4294967296', '-ERR Invalid number of lines'],
  ['USER alice', '-ERR Unrecognized command'],
  ['STLS', '-ERR Unrecognized command'],
])('behind the login it answers %j with %j', async (command, expected) => {
  expect(await (await loggedIn()).say(command)).toBe(expected)
})

test('a count of lines that no int holds is a negative one, and never reached', async () => {
  const client = await loggedIn()
  const whole = ['+OK Message follows', 'Subject: one', '', 'first message']
  expect(await client.ask('TOP 1 4294967295')).toEqual(whole)
  expect(await client.ask('TOP 1 2147483648')).toEqual(whole)
  expect(await client.ask('TOP 1 0')).toEqual(whole.slice(0, 3))
})

test('a line that does not fit into the buffer is read as several', async () => {
  const client = await loggedIn()
  expect(await client.say(`LIST ${' '.repeat(8183)}1`)).toBe('+OK 1 31')
  expect(await client.say(`LIST ${' '.repeat(8184)}1`)).toBe('+OK 1 31')
  // The LF did not fit.
  expect(await client.say()).toBe('-ERR Unrecognized command')
  client.send('x'.repeat(3 * 8191))
  for (let part = 0; part < 3; part += 1) expect(await client.say()).toBe('-ERR Unrecognized command')
})

test('a command that is not ended when the client half-closes is carried out', async () => {
  const client = await loggedIn()
  client.send('STAT')
  client.stream.end()
  expect(await client.rest()).toBe('+OK 2 56\r\n')
})

test('the first name holds until PASS, whatever comes between', async () => {
  const client = await greeted()
  expect(await client.say('USER bob')).toBe('+OK Name is a valid mailbox')
  expect(await client.say('USER alice')).toBe('-ERR [AUTH] Must give PASS command')
  await client.ask('CAPA')
  expect(await client.say('AUTH PLAIN')).toBe('+ ')
  expect(await client.say('*')).toBe('-ERR [AUTH] Client canceled authentication')
  expect(await client.say('PASS wonderland')).toBe('-ERR [AUTH] Invalid login')
  expect(await client.say('PASS wonderland')).toBe('-ERR [AUTH] Must give USER command')
  expect(await client.say('USER ALICE ')).toBe('+OK Name is a valid mailbox')
  expect(await client.say('PASS\twonderland')).toMatch(/^\+OK Mailbox locked and ready SESSIONID=<cyrus-[\d-]+>$/)
})

test.each(['a/b', 'a%b', 'a:b', 'a?b', 'a*b', 'a&b', 'a\tb', 'al\xc3\xadce', 'a'.repeat(81)])(
  'no mailbox can have the name %j',
  async (name) => {
    const client = await greeted()
    expect(await client.say(`USER ${name}`)).toBe('-ERR [AUTH] Invalid user')
    expect(await client.say('PASS x')).toBe('-ERR [AUTH] Must give USER command')
  },
)

test.each(['a b', 'a@b', '~a', '"(a)"', '{a}', 'a'.repeat(80)])('a mailbox can have the name %j', async (name) => {
  expect(await (await greeted()).say(`USER ${name}`)).toBe('+OK Name is a valid mailbox')
})

test('a maildrop is found whatever the case of its name', async () => {
  const client = talk(cyrusServer())
  await client.say()
  expect(await client.say(`AUTH PLAIN ${base64('ALICE\0 alice \0wonderland')}`)).toMatch(/^\+OK/)
})

const failure = (reason: string): string => `-ERR [AUTH] authenticating: ${reason}`

test.each([
  [base64('\0alice\0wonder\0land'), failure('bad protocol / cancel')],
  [base64('\0alice'), failure('bad protocol / cancel')],
  [base64('\0alice\0'), failure('authentication failure')],
  [base64('bob\0alice\0wonderland'), failure('authentication failure')],
  ['AGF!', failure('bad protocol / cancel')],
  ['AGFs=', failure('another step is needed in authentication')],
  ['AGFsaWNlAHdvbmRlcmxhbmQ==', failure('bad protocol / cancel')],
  ['AGFsaWNlAHdvbmRlcmxhbmQ', failure('another step is needed in authentication')],
  ['*whatever', '-ERR [AUTH] Client canceled authentication'],
])('AUTH PLAIN: the response %j is answered with %j', async (response, expected) => {
  const client = await greeted()
  expect(await client.say('AUTH PLAIN')).toBe('+ ')
  expect(await client.say(response)).toBe(expected)
  expect(await client.say('NOOP')).toBe('-ERR Unrecognized command')
})

test('the bits behind the last octet of base64 may be anything', async () => {
  expect(await (await greeted()).say('AUTH PLAIN AGFsaWNlAHdvbmRlcmxhbmR=')).toMatch(/^\+OK/)
})

test('an initial response that is cut short makes it ask for more, and crash when that comes', async () => {
  const client = await greeted()
  expect(await client.say('AUTH PLAIN AGF')).toBe('+ ')
  expect(await client.say('*')).toBe('-ERR [AUTH] Client canceled authentication')
  expect(await client.say('AUTH PLAIN AGF')).toBe('+ ')
  client.send(`${base64('\0alice\0wonderland')}\r\n`)
  expect(await client.rest()).toBe('')
})

test('behind AUTH as much as was read ahead is read from the beginning of the packet once more', async () => {
  const client = await greeted()
  const login = `AUTH PLAIN ${base64('\0alice\0wonderland')}\r\n`
  client.send(`CAPA x\r\n${login}STAT\r\nLIST\r\n`)
  expect(await client.say()).toBe('-ERR Unexpected extra argument')
  expect(await client.say()).toMatch(/^\+OK Mailbox/)
  // Twelve octets: `CAPA x`, and `AUTH`, which waits for the end of its line.
  expect(await client.say()).toBe('-ERR Unexpected extra argument')
  expect(await client.say(' STAT')).toBe('-ERR Unrecognized command')
  expect(await client.say('STAT')).toBe('+OK 2 56')
})

test('behind PASS what was read ahead is answered', async () => {
  const client = await greeted()
  client.send('USER alice\r\nPASS wonderland\r\nSTAT\r\n')
  await client.say()
  await client.say()
  expect(await client.say()).toBe('+OK 2 56')
})

test('where no handshake comes behind STLS it goes on in clear, five octets further on', async () => {
  const client = await greeted()
  expect(await client.say('STLS')).toBe('+OK Begin TLS negotiation now')
  expect(await client.say('12345QUIT x')).toBe('-ERR [SYS/PERM] Starttls failed')
  expect(await client.say()).toBe('-ERR Unexpected extra argument')
  expect(await client.ask('CAPA')).toContain('STLS')
})

test('unique-ids go on behind messages that were removed', async () => {
  const server = cyrusServer()
  const first = await talk(server).login()
  await first.say('DELE 2')
  await first.say('QUIT')
  server.maildrop('alice').deliver('Subject: three\r\n\r\n')
  const second = await talk(server).login()
  const [, one, two] = await second.ask('UIDL')
  expect(one).toMatch(/^1 \d{10}\.1$/)
  expect(two).toMatch(/^2 \d{10}\.3$/)
})

test('R17: a second session is let in, and served what the first one removed', async () => {
  const server = cyrusServer()
  const [first, second] = [await talk(server).login(), await talk(server).login()]
  await first.say('DELE 1')
  await first.say('QUIT')
  expect(await second.say('STAT')).toBe('+OK 2 56')
  expect(await second.ask('RETR 1')).toHaveLength(4)
})

test('CAPA lists the mechanisms behind a login under TLS, but not when that was AUTH', async () => {
  const persona = cyrus()
  const before = { knows: () => true, stls: false, login: true, expire: 'NEVER', loginDelay: undefined }
  const facts = { ...before, state: 'TRANSACTION', mechanisms: ['PLAIN', 'LOGIN'] } as const
  const sasl = 'SASL PLAIN LOGIN'
  expect(persona.capabilities({ ...facts, secure: true, loginVerb: 'PASS' })).toContain(sasl)
  expect(persona.capabilities({ ...facts, secure: true, loginVerb: 'AUTH' })).not.toContain(sasl)
  expect(persona.capabilities({ ...facts, secure: false, loginVerb: 'PASS' })).not.toContain(sasl)
})

const withApop = cyrus({ apop: true, host: 'pop.example.org', mechanisms: ['DIGEST-MD5'] })

test('APOP is announced by a timestamp, and otherwise the greeting ends in a blank', async () => {
  expect(await talk(cyrusServer()).say()).toMatch(/^\+OK mail\.example\.com Cyrus POP3 3\.6\.1-\S+ server ready $/)
  const maildrop = { password: 'wonderland', apopSecret: 'wonderland' }
  const server = setupPop3Server({ persona: withApop, maildrops: { alice: maildrop } })
  expect(await talk(server).say()).toMatch(/ server ready <\d+\.\d+@pop\.example\.org>$/)
})

test.each([
  ['APOP', '-ERR Missing argument'],
  ['APOP alice', failure('bad protocol / cancel')],
  ['APOP alice A3C8E832E3EF4A091D159EBC8FBAA541', failure('bad protocol / cancel')],
  ['APOP alice a3c8e832e3ef4a091d159ebc8fbaa541 x', failure('bad protocol / cancel')],
  ['APOP nosuchuser a3c8e832e3ef4a091d159ebc8fbaa541', failure('authentication failure')],
])('where there is APOP, %j is answered with %j', async (command, expected) => {
  const client = talk(setupPop3Server({ persona: withApop, maildrops: { alice: { apopSecret: 'wonderland' } } }))
  await client.say()
  expect(await client.say(command)).toBe(expected)
})

test('DIGEST-MD5 is announced, begins as there, and refuses every answer', async () => {
  const client = await greeted(withApop)
  expect(await client.ask('AUTH')).toEqual(['+OK List of supported mechanisms follows', 'DIGEST-MD5'])
  const [, challenge = ''] = /^\+ (\S+)$/.exec(await client.say('AUTH DIGEST-MD5')) ?? []
  expect(Buffer.from(challenge, 'base64').toString()).toMatch(/^nonce="\d+",realm="pop\.example\.org",qop="auth,/)
  expect(await client.say(base64('username="alice"'))).toBe(failure('authentication failure'))
})

test('a login that fails takes three seconds, where that is wanted', async () => {
  const server = cyrusServer(cyrus({ delays: true }))
  const client = talk(server)
  await client.say()
  await client.say('USER alice')
  client.send('PASS wrong\r\n')
  await server.clock.advance(2999)
  expect(client.chunks.join('')).not.toContain('Invalid login')
  await server.clock.advance(1)
  expect(await client.say()).toBe('-ERR [AUTH] Invalid login')
})
