import { expect, test } from 'vitest'
import type { Pop3ServerOptions } from '../index.ts'
import { setupPop3Server } from '../server.ts'
import { type Talk, aliceServer, talk } from '../testing/talk.ts'
import { dovecot } from './dovecot.ts'

const dovecotServer = (persona: Pop3ServerOptions['persona'] = 'dovecot'): ReturnType<typeof aliceServer> =>
  aliceServer({ persona, clock: 'virtual' })

/** Before the login. */
async function greeted(persona?: Pop3ServerOptions['persona']): Promise<Talk> {
  const client = talk(dovecotServer(persona))
  await client.say()
  return client
}

const loggedIn = (persona?: Pop3ServerOptions['persona']): Promise<Talk> => talk(dovecotServer(persona)).login()

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64')

test.each([
  ['CA\rPA', '+OK'],
  ['\r\r\r\rCAPA', '+OK'],
  ['\r\r\r\r\rCAPA', '-ERR Unknown command.'],
  ['CAPA\0 x', '+OK'],
  ['CAPA\tx', '-ERR Unknown command.'],
  [' CAPA', '-ERR Unknown command.'],
  ['CAPAXXXXX', '-ERR Unknown command.'],
  ['USER', '+OK'],
  ['USER\0alice', '+OK'],
  ['PASS wonderland', '-ERR No username given.'],
  ['APOP', '-ERR APOP not enabled.'],
  ['XCLIENT ADDR=192.0.2.1', '+OK You are not from trusted IP - ignoring'],
  ['XOIP 192.0.2.1', '+OK You are not from trusted IP - ignoring'],
  ['STAT', '-ERR Unknown command.'],
  ['AUTH  PLAIN', '+OK'],
  ['AUTH PLAIN\t', '-ERR [AUTH] Unsupported authentication mechanism.'],
  ['AUTH PL\rAIN', '-ERR [AUTH] Unsupported authentication mechanism.'],
  ['AUTH PLAIN ', '+ '],
])('the login process answers %j with %j', async (command, expected) => {
  expect(await (await greeted()).say(command)).toBe(expected)
})

test.each([
  ['LIST 01', '+OK 1 31'],
  ['LIST   1', '+OK 1 31'],
  ['LIST 1\0 2', '+OK 1 31'],
  ['LIST 1 ', '-ERR Noise after message number:  '],
  ['LIST 99x', '-ERR Noise after message number: x'],
  ['LIST \t1', '-ERR Invalid message number: \t1'],
  ['LIST {number}', '-ERR Invalid message number: {number}'],
  ['LIST 1\xff', '-ERR Noise after message number: \xff'],
  ['LIST 4294967295', "-ERR There's no message 4294967295."],
  ['LIST 4294967296 x', '-ERR Message number too large:  x'],
  ['LIST 18446744073709551616 x', '-ERR Message number too large: 18446744073709551616 x'],
  ['RETR', '-ERR Invalid message number: '],
  ['TOP 1', '-ERR Noise after message number: '],
  ['TOP 1 ', '-ERR Invalid size: '],
  ['TOP 99 x', "-ERR There's no message 99."],
  ['TOP 1 5 6', '-ERR Noise after size:  6'],
  ['TOP 1 18446744073709551616', '-ERR Size too large: 18446744073709551616'],
  ['TOP 1 18446744073709551615', '+OK 31 octets'],
  ['TOP 1 18446744073709551614', '+OK'],
  ['foo bar', '-ERR Unknown command: FOO'],
  ['\xe9\xe8 x', '-ERR Unknown command: \xe9\xe8'],
  ['FOO\0BAR', '-ERR Unknown command: FOO'],
  ['LIST\t1', '-ERR Unknown command: LIST\t1'],
  ['STAT\r', '-ERR Unknown command: STAT\r'],
  [' STAT', '-ERR Unknown command.'],
  ['\0STAT', '-ERR Unknown command.'],
  ['USER alice', '-ERR Unknown command: USER'],
  ['STAT 1', '+OK 2 56'],
])('after the login %j is answered %j', async (command, expected) => {
  expect(await (await loggedIn()).say(command)).toBe(expected)
})

test('unique-ids are the serial number and the validity of the mailbox, eight hexadecimal digits each', async () => {
  const [, first = '', second = ''] = await (await loggedIn()).ask('UIDL')
  expect(first).toMatch(/^1 00000001[0-9a-f]{8}$/)
  expect(second.slice(10)).toBe(first.slice(10))
})

test.each([
  [`CAPA ${'x'.repeat(1024)}`, '+OK'],
  [`CAPA ${'x'.repeat(1025)}`, '-ERR Input buffer full, aborting'],
  ['x'.repeat(1032), '-ERR Unknown command.'],
  ['x'.repeat(2000), '-ERR Input buffer full, aborting'],
  [`AUTH ${'x'.repeat(1100)}`, '-ERR Input buffer full, aborting'],
  [`AUTH PLAIN ${'A'.repeat(8188)}`, '-ERR [AUTH] Authentication failed.'],
])('R41, R74: a line is as long as it may be before the login: %.20s...', async (line, expected) => {
  expect(await (await greeted()).say(line)).toBe(expected)
})

test.each(['AUTH PLAIN ', 'AUTH PLAIN\r\n'])(
  'R81: %j and too many octets in base64 end it without a word',
  async (start) => {
    const client = await greeted()
    client.send(`${start}${'A'.repeat(8196)}\r\n`)
    expect((await client.rest()).replace('+ \r\n', '')).toBe('')
  },
)

test('R41: after the login a line of 2048 octets is taken, and one more is too many', async () => {
  const client = await loggedIn()
  expect(await client.say(`NOOP ${'x'.repeat(2041)}`)).toBe('+OK')
  client.send(`NOOP ${'x'.repeat(2042)}\r\n`)
  expect(await client.rest()).toBe('-ERR Input line too long.\r\n')
})

test('the third unknown command before the login is the last; AUTH does not count, and everything else ends the row', async () => {
  const client = await greeted()
  for (const command of ['FOO', 'BAR', 'USER x', 'FOO', 'PASS', 'FOO', 'BAR', 'AUTH X']) await client.say(command)
  client.send('FOO\r\nCAPA\r\n')
  expect(await client.rest()).toBe('-ERR Unknown command.\r\n-ERR Too many invalid bad commands.\r\n')
})

test('after the login it is the 21st command that is unknown, malformed, or about a message that is not there', async () => {
  const client = await loggedIn()
  for (let round = 0; round < 2; round += 1) {
    for (let count = 0; count < 5; count += 1) {
      for (const command of ['FOO', 'LIST x', 'RETR 99', 'TOP 1 x']) await client.say(command)
    }
    if (round === 0) await client.say('NOOP')
  }
  client.send('DELE 0\r\nNOOP\r\n')
  expect(await client.rest()).toBe("-ERR There's no message 0.\r\n-ERR Too many bad commands.\r\n")
})

test('it does not survive a colon in a verb after the login', async () => {
  const client = await loggedIn()
  client.send('LIST:1\r\nNOOP\r\n')
  expect(await client.rest()).toBe('')
})

test.each([
  ['AGFsaWNlAHdvbmRlcmxhbmQ=', '+OK Logged in.'],
  ['AGFsaWNlAHdvbmRlcmxhbmR=', '+OK Logged in.'],
  ['AGFsaWNlAHdvbmRlcmxhbmQ=\0x', '+OK Logged in.'],
  ['AGFsaWNlAHdvbmRlcmxhbmQ', '-ERR [AUTH] Invalid base64 data in continued response'],
  ['AGFsaWNlAHdvbmRlcmxhbmQ= ', '-ERR [AUTH] Invalid base64 in response'],
  ['*', '-ERR Authentication aborted by client.'],
  ['', '-ERR [AUTH] Authentication failed.'],
])('R77: the response %j is answered %j', async (response, expected) => {
  const client = await greeted()
  await client.say('AUTH PLAIN')
  expect(await client.say(response)).toBe(expected)
})

test.each([
  [' AGFsaWNl AHdvbmRlcmxhbmQ=\t', '+OK Logged in.'],
  ['AGFsaWNlAHdvbmRlcmxhbmQ', '-ERR [AUTH] Invalid base64 data in initial response'],
  ['=', '-ERR [AUTH] Authentication failed.'],
  [base64('alice\0alice\0wonderland'), '+OK Logged in.'],
  [base64('ALICE\0alice\0wonderland'), '-ERR [AUTH] Authentication failed.'],
  [base64('\0ALICE\0wonderland'), '+OK Logged in.'],
])('R74, R84: the initial response %j is answered %j', async (response, expected) => {
  expect(await (await greeted()).say(`AUTH PLAIN ${response}`)).toBe(expected)
})

test.each(['', base64('al ice'), base64('al\xedce')])(
  'LOGIN refuses the name %j before it is asked for the password',
  async (name) => {
    const client = await greeted()
    await client.say('AUTH LOGIN =')
    expect(await client.say(name)).toBe('-ERR [AUTH] Authentication failed.')
  },
)

test('the -full set-up: mechanisms that challenge first ignore an initial response, and DIGEST-MD5 is begun', async () => {
  const client = await greeted(dovecot({ mechanisms: ['CRAM-MD5', 'DIGEST-MD5'] }))
  expect(await client.ask('AUTH')).toEqual(['+OK', 'CRAM-MD5', 'DIGEST-MD5'])
  for (const command of ['AUTH CRAM-MD5 eA==', 'AUTH DIGEST-MD5']) {
    expect(await client.say(command)).toMatch(/^\+ \S{40}/)
    expect(await client.say('eA==')).toBe('-ERR [AUTH] Authentication failed.')
  }
})

test('R20: with APOP there is a timestamp in the greeting, and parameters that are none are no bad commands', async () => {
  const maildrops = { alice: { apopSecret: 'wonderland' } }
  const client = talk(setupPop3Server({ persona: dovecot({ apop: true, host: 'pop.example.org' }), maildrops }))
  expect(await client.say()).toMatch(
    /^\+OK Dovecot \(Debian\) ready\. <1\.1\.[0-9a-f]+\.[\w+/]{22}==@pop\.example\.org>$/,
  )
  for (const parameters of ['', ' alice', ' alice x y', ` ${'0'.repeat(32)}`, ` alice ${'0'.repeat(33)}`]) {
    expect(await client.say(`APOP${parameters}`)).toBe('-ERR Invalid parameters.')
  }
  expect(await client.say(`APOP alice ${'g'.repeat(32)}`)).toBe('-ERR Invalid characters in MD5 response.')
  expect(await client.say(`APOP alice ${'0'.repeat(32)}`)).toBe('-ERR [AUTH] Authentication failed.')
})

test('a user has ten sessions; the eleventh is refused and closed', async () => {
  const server = dovecotServer()
  for (let count = 0; count < 10; count += 1) await talk(server).login()
  const client = talk(server)
  await client.say()
  client.send('USER alice\r\nPASS wonderland\r\nSTAT\r\n')
  expect(await client.rest()).toBe(
    '+OK\r\n-ERR [IN-USE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)\r\n',
  )
})

test('R58: where sessions are locked, the second one is refused after a while and closed', async () => {
  const server = dovecotServer(dovecot({ lockSession: true, delays: true }))
  await talk(server).login()
  const client = talk(server)
  await client.say()
  client.send('USER alice\r\nPASS wonderland\r\n')
  await server.clock.advance('12s')
  expect(await client.say()).toBe('+OK')
  await server.clock.advance('1s')
  expect(await client.rest()).toBe('-ERR [IN-USE] Mailbox is locked by another POP3 session.\r\n')
})

test('LAST remembers what was retrieved in earlier sessions, until RSET', async () => {
  const server = dovecotServer(dovecot({ last: true }))
  const first = await talk(server).login()
  await first.ask('RETR 2')
  await first.ask('RETR 1')
  await first.leave()
  const second = await talk(server).login()
  expect(await second.say('LAST')).toBe('+OK 2')
  await second.say('RSET')
  expect(await second.say('LAST')).toBe('+OK 0')
  expect(await (await talk(server).login()).say('LAST')).toBe('+OK 0')
  expect(await (await loggedIn()).say('LAST')).toBe('-ERR Unknown command: LAST')
})

test('R38: QUIT says that messages are deleted when they were marked, even if somebody else removed them', async () => {
  const server = dovecotServer()
  const client = await talk(server).login()
  await client.say('DELE 1')
  server.maildrop('alice').expunge(1)
  expect(await client.say('QUIT')).toBe('+OK Logging out, messages deleted.')
  const other = await talk(server).login()
  await other.say('DELE 1')
  await other.say('RSET')
  expect(await other.say('QUIT')).toBe('+OK Logging out.')
})

test('M63: where passwords are taken over TLS only, USER and PASS say so in other words than AUTH', async () => {
  const persona = dovecot()
  const client = await greeted({ ...persona, policies: { ...persona.policies, cleartextLogin: 'refused' } })
  expect(await client.ask('CAPA')).toEqual(expect.arrayContaining(['STLS', 'SASL']))
  const refusal = '-ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.'
  expect(await client.say('USER alice')).toBe(refusal)
  expect(await client.say('PASS wonderland')).toBe(refusal)
  expect(await client.say('AUTH PLAIN')).toBe('-ERR [AUTH] Plaintext authentication disabled.')
})

test('R65: what came in clear behind STLS is taken for the handshake, which fails', async () => {
  const client = await greeted()
  client.send('STLS\r\nCAPA\r\n')
  expect(await client.rest()).toBe('+OK Begin TLS negotiation now.\r\n')
})

test('R14: a silent client is told so after three minutes before the login, and after ten behind it', async () => {
  const server = dovecotServer()
  const before = talk(server)
  await before.say()
  const meanwhile = talk(server)
  await meanwhile.say()
  await meanwhile.say('AUTH PLAIN')
  const behind = await talk(server).login()
  await server.clock.advance('180s')
  expect(await before.rest()).toBe('-ERR Disconnected for inactivity.\r\n')
  expect(await meanwhile.rest()).toBe('-ERR Disconnected for inactivity during authentication.\r\n')
  await server.clock.advance('420s')
  expect(await behind.rest()).toBe('-ERR Disconnected for inactivity.\r\n')
})
