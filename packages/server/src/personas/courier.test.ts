import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:tls'
import { expect, test } from 'vitest'
import type { Pop3Server } from '../index.ts'
import { Talk, aliceServer, talk } from '../testing/talk.ts'
import { type CourierOptions, courier } from './courier.ts'

const courierServer = (messages?: string[], options?: CourierOptions): Pop3Server =>
  aliceServer({ persona: courier(options), clock: 'virtual' }, messages)

/** Before the login. */
async function greeted(server: Pop3Server = courierServer()): Promise<Talk> {
  const client = talk(server)
  await client.say()
  return client
}

const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64')

/** Goes over to TLS where the server has just taken STLS. */
async function secure(client: Talk): Promise<Talk> {
  client.stream.removeAllListeners('data')
  const secured = connect({ socket: client.stream, rejectUnauthorized: false })
  const inTls = new Talk(secured)
  await once(secured, 'secureConnect')
  return inTls
}

test('M21: the line end that RETR adds is not counted, so sizes are two octets too small', async () => {
  const client = await talk(courierServer(['Subject: x\n\nend'])).login()
  expect(await client.say('STAT')).toBe('+OK 1 17')
  expect(await client.ask('RETR 1')).toEqual(['+OK 17 octets follow.', 'Subject: x', '', 'end'])
})

test('unique-ids are a serial number and the validity of the mailbox', async () => {
  const client = await talk(courierServer()).login()
  const [status, first = '', second = ''] = await client.ask('UIDL')
  expect(status).toBe('+OK')
  expect(first).toMatch(/^1 UID1-\d{10}$/)
  expect(second.slice(6)).toBe(first.slice(6))
})

test.each([
  ['LIST 1x', '+OK 1 31'],
  ['LIST 01', '+OK 1 31'],
  ['LIST +1', '+OK 1 31'],
  ['LIST  1', '+OK 1 31'],
  ['LIST\t1', '+OK 1 31'],
  ['LIST \v1', '+OK 1 31'],
  ['LIST 1\r2', '+OK 1 31'],
  ['LIST 1 2', '+OK 1 31'],
  ['LIST 4294967297', '+OK 1 31'],
  ['LIST 18446744073709551617', '-ERR Invalid message number.'],
  ['LIST -1', '-ERR Invalid message number.'],
  ['LIST abc', '-ERR Invalid message number.'],
  ['RETR', '-ERR Invalid message number.'],
  ['TOP 1', '-ERR Invalid command.'],
  ['TOP 9', '-ERR Invalid message number.'],
  [' stat', '+OK 2 56'],
  ['STAT 1', '+OK 2 56'],
  ['STAT\rx', '+OK 2 56'],
  ['NOOP x', '+OK Yup.'],
  ['UTF8 x', '+OK UTF8 enabled'],
  ['', '-ERR Invalid command.'],
  ['LAST', '-ERR Invalid command.'],
  ['AUTH PLAIN', '-ERR Invalid command.'],
  ['STLS', '-ERR Invalid command.'],
])('behind the login %j is answered %j', async (command, expected) => {
  const client = await talk(courierServer()).login()
  expect(await client.say(command)).toBe(expected)
})

test.each([
  ['utf8', '+OK UTF8 enabled'],
  [' utf8', '-ERR Invalid command.'],
  [' UTF8', '+OK UTF8 enabled'],
  ['\rutf8', '+OK UTF8 enabled'],
  ['USER', '-ERR Invalid command.'],
  ['USER ', '-ERR Invalid command.'],
  ['USER  ', '+OK Password required.'],
  ['USER\talice', '+OK Password required.'],
  ['PASS x', '-ERR USER/PASS required.'],
  ['AUTH', '-ERR Invalid command.'],
  ['AUTH ', '-ERR Invalid command.'],
  ['AUTH  PLAIN\t', '+ '],
  ['AUTH X-NOSUCH', '-ERR Authentication failed.'],
  ['AUTH CRAM-MD5 YWxpY2U=', '-ERR Authentication failed.'],
  ['NOOP', '-ERR Invalid command.'],
])('before the login %j is answered %j', async (command, expected) => {
  expect(await (await greeted()).say(command)).toBe(expected)
})

test('TOP with a negative number of lines is the whole message, with words it is the header', async () => {
  const client = await talk(courierServer()).login()
  expect(await client.ask('TOP 1 -1')).toEqual(['+OK headers follow.', 'Subject: one', '', 'first message'])
  expect(await client.ask('TOP 1 abc')).toEqual(['+OK headers follow.', 'Subject: one', ''])
})

test('a bare LF ends a command', async () => {
  const client = await talk(courierServer()).login()
  client.send('NOOP\nSTAT\n')
  expect([await client.say(), await client.say()]).toEqual(['+OK Yup.', '+OK 2 56'])
})

test('a line of 70000 octets is taken for the 8191 that it begins with', async () => {
  const client = await talk(courierServer()).login()
  expect(await client.say(`NOOP ${'x'.repeat(70_000)}`)).toBe('+OK Yup.')
  expect(await client.say(`LIST ${'0'.repeat(8185)}1`)).toBe('+OK 1 31')
  expect(await client.say(`LIST ${'0'.repeat(8186)}1`)).toBe('-ERR Invalid message number.')
})

test('a NUL ends a line, which swallows the next one', async () => {
  const client = await talk(courierServer()).login()
  client.send('LIST 1\0 2\r\nSTAT\r\nNOOP\r\n')
  expect([await client.say(), await client.say()]).toEqual(['+OK 1 31', '+OK Yup.'])
  client.send('\0\r\n\0\r\nNOOP\r\n')
  expect([await client.say(), await client.say()]).toEqual(['-ERR Invalid command.', '+OK Yup.'])
})

test('a line that the client does not end before it half-closes is carried out', async () => {
  const server = courierServer()
  const client = await talk(server).login()
  client.send('DELE 1\r\nQUIT')
  client.stream.end()
  expect(await client.rest()).toBe('+OK Deleted.\r\n+OK Bye-bye.\r\n')
  expect(server.maildrop('alice').messages).toHaveLength(1)
})

test('USER holds over other commands and a wrong password', async () => {
  const client = await greeted()
  await client.say('USER alice')
  await client.ask('CAPA')
  expect(await client.say('PASS wrong')).toBe('-ERR Login failed.')
  expect(await client.say('PASS wonderland')).toBe('+OK logged in.')
})

test.each([
  ['wonderla', '+OK logged in.'],
  ['wonderland and more', '+OK logged in.'],
  ['wonderland\rand more', '+OK logged in.'],
  ['wonderl', '-ERR Login failed.'],
  [' wonderland', '-ERR Login failed.'],
  ['WONDERLAND', '-ERR Login failed.'],
  ['wonderland\t', '-ERR Login failed.'],
  ['x'.repeat(8173), '-ERR Login failed.'],
  ['x'.repeat(8174), '-ERR Temporary problem, please try again later'],
])('of a password the first eight octets count: %j is answered %j', async (password, expected) => {
  const client = await greeted()
  await client.say('USER alice')
  expect(await client.say(`PASS ${password}`)).toBe(expected)
})

test('credentials that are too long for it end the session', async () => {
  const client = await greeted()
  client.send(`USER ${'x'.repeat(8000)}\r\nPASS ${'x'.repeat(200)}\r\nCAPA\r\n`)
  expect(await client.rest()).toBe('+OK Password required.\r\n-ERR Temporary problem, please try again later\r\n')
})

test('with delays wrong credentials cost five seconds, and nothing else does', async () => {
  const server = courierServer(undefined, { delays: true })
  const client = await greeted(server)
  await client.say('USER alice')
  const answer = client.say('PASS wrong')
  await server.clock.advance('4.9s')
  expect(client.chunks.at(-1)).toBe('+OK Password required.\r\n')
  await server.clock.advance('0.1s')
  expect(await answer).toBe('-ERR Login failed.')
  expect(await client.say('PASS wonderland')).toBe('+OK logged in.')
})

const alice = base64('\0alice\0wonderland')
const failed = '-ERR Authentication failed.'
const aborted = '-ERR Authentication aborted.'

test.each([
  [alice, '+OK logged in.'],
  [`${alice} `, '+OK logged in.'],
  [alice.replace('Q=', 'R='), '+OK logged in.'],
  [alice.slice(0, -1), aborted],
  [`${alice}=`, aborted],
  [` ${alice}`, aborted],
  ['*', aborted],
  [`*${alice}`, aborted],
  ['', aborted],
  [base64('alice\0wonderland'), aborted],
  [base64('bob\0alice\0wonderland'), '+OK logged in.'],
  [base64('\0alice\0wonderland\t'), '+OK logged in.'],
  [base64('\0alice\0'), failed],
  [base64('\0\0wonderland'), failed],
  [base64('\0alice\0wonderland\0'), failed],
  [base64('\0x\0wonderland\0alice'), '+OK logged in.'],
  [base64('\0x\0x\0alice\0wonderland'), '+OK logged in.'],
  [`${alice.slice(0, 4)}\0${alice.slice(4)}`, failed],
])('R77: the response %j to AUTH PLAIN is answered %j', async (response, expected) => {
  const client = await greeted()
  expect(await client.say('AUTH PLAIN')).toBe('+ ')
  expect(await client.say(response)).toBe(expected)
})

test('of a response that is too long the rest is a command', async () => {
  const client = await greeted()
  await client.say('AUTH PLAIN')
  expect(await client.say('A'.repeat(9000))).toBe(failed)
  expect(await client.say()).toBe('-ERR Invalid command.')
})

test.each([
  [['YWxpY2U=', base64('wonderland')], '+OK logged in.'],
  [['YWxpY2U=', base64('wrong')], failed],
  [['!!!', base64('wonderland')], aborted],
  [['!', base64('wonderland')], failed],
  [['YWxpY2U=', '!!!'], aborted],
  [['YWxpY2U=', '*'], aborted],
])('R78: AUTH LOGIN looks at the responses %j when it has both, and answers %j', async ([name, password], expected) => {
  const client = await greeted()
  expect(await client.say('AUTH LOGIN')).toBe('+ VXNlcm5hbWU6')
  expect(await client.say(name)).toBe('+ UGFzc3dvcmQ6')
  expect(await client.say(password)).toBe(expected)
})

test.each([
  ['CRAM-MD5', 'md5', '+OK logged in.'],
  ['CRAM-SHA1', 'sha1', '+OK logged in.'],
  ['CRAM-SHA256', 'sha256', failed],
])('%s is taken whether it is announced or not', async (mechanism, algorithm, expected) => {
  const client = await greeted()
  const challenge = Buffer.from((await client.say(`AUTH ${mechanism} =`)).slice(2), 'base64').toString('latin1')
  expect(challenge).toMatch(/^<[\dA-F]{32}@mail\.example\.com>$/)
  const digest = createHmac(algorithm, 'wonderland').update(challenge).digest('hex')
  expect(await client.say(base64(`alice ${digest}`))).toBe(expected)
})

test.each(['!!!', '', base64('alice'), base64('alice 0123')])(
  'whatever is wrong with the response %j to CRAM-MD5, authentication has failed',
  async (response) => {
    const client = await greeted()
    await client.say('AUTH CRAM-MD5')
    expect(await client.say(response)).toBe(failed)
  },
)

test('it announces mechanisms as it was told, others in clear than under TLS', async () => {
  const client = await greeted(courierServer(undefined, { mechanisms: ['PLAIN', 'CRAM-SHA1'] }))
  expect((await client.ask('CAPA')).slice(0, 3)).toEqual(["+OK Here's what I can do:", 'SASL PLAIN CRAM-SHA1', 'STLS'])
  await client.say('STLS')
  const secured = await secure(client)
  expect((await secured.ask('CAPA')).slice(0, 3)).toEqual(["+OK Here's what I can do:", 'SASL LOGIN PLAIN', 'TOP'])
})

test('STLS is announced behind the login, too, and taken behind UTF8', async () => {
  const server = courierServer()
  expect(await (await talk(server).login()).ask('CAPA')).toContain('STLS')
  const client = await greeted(server)
  await client.say('UTF8')
  expect(await client.say('STLS')).toBe('+OK Begin SSL/TLS negotiation now.')
  const secured = await secure(client)
  expect(await secured.say('STLS')).toBe('-ERR TLS support not available.')
})

test('a name and a command that came in clear are good under TLS (CVE-2011-0411)', async () => {
  const client = await greeted()
  client.send('USER alice\r\nSTLS\r\nPASS wonderland\r\n')
  expect([await client.say(), await client.say()]).toEqual([
    '+OK Password required.',
    '+OK Begin SSL/TLS negotiation now.',
  ])
  expect(await (await secure(client)).say()).toBe('+OK logged in.')
})

const alert = '\x15\x03\x03\0\x02\x01\0'

test('behind STLS what is no handshake is answered, and read on behind five octets', async () => {
  const client = await greeted()
  await client.say('STLS')
  expect(await client.say('12345CAPA')).toMatch(`${alert}-ERR STARTTLS failed: `)
  expect((await client.ask('')).length).toBeGreaterThan(3)
})

test.each([
  ['CAPA\r', 'closed'],
  ['CAPA\r\n', 'reset'],
])('R66: %j on the port of implicit TLS is answered with an alert, and the connection is %s', async (sent, ending) => {
  const server = courierServer()
  const stream = server.connect({ tls: 'implicit' })
  let error: unknown
  stream.on('error', (reason) => (error = reason))
  const client = new Talk(stream)
  client.send(sent)
  expect(await client.rest()).toBe(alert)
  expect(error === undefined ? 'closed' : 'reset').toBe(ending)
  await server.clock.advance(0)
  expect(server.sessions[0]?.transcript()).toContain('handshake')
})

test('a second session has its own snapshot, and finds messages gone that the first removed', async () => {
  const server = courierServer()
  const first = await talk(server).login()
  const second = await talk(server).login()
  await second.say('DELE 1')
  await second.say('QUIT')
  expect(await first.say('STAT')).toBe('+OK 2 56')
  expect(await first.say('RETR 1')).toBe("-ERR Can't open the message file - it's gone!")
})

test('RETR renames the file: who logged in before cannot fetch the message any more, nor remove it', async () => {
  const server = courierServer()
  const first = await talk(server).login()
  const second = await talk(server).login()
  expect((await second.ask('RETR 1'))[0]).toBe('+OK 31 octets follow.')
  expect((await second.ask('RETR 1'))[0]).toBe('+OK 31 octets follow.')
  expect(await first.say('TOP 1 0')).toBe("-ERR Can't open the message file - it's gone!")
  expect(await first.say('DELE 1')).toBe('+OK Deleted.')
  expect(await first.say('QUIT')).toBe('+OK Bye-bye.')
  expect(server.maildrop('alice').messages).toHaveLength(2)
  expect((await (await talk(server).login()).ask('RETR 1'))[0]).toBe('+OK 31 octets follow.')
})

test('the idle timer is five minutes behind the login, and before it there is one minute in all', async () => {
  const server = courierServer()
  const before = await greeted(server)
  const after = await talk(server).login()
  await server.clock.advance('40s')
  await before.ask('CAPA')
  await server.clock.advance('20s')
  expect(await before.rest()).toBe('')
  expect(await after.say('NOOP')).toBe('+OK Yup.')
  await server.clock.advance('5m')
  expect(await after.rest()).toBe('')
})

test('what was sent in one packet with the login is lost, and what is sent later is answered', async () => {
  const client = await greeted()
  client.send('USER alice\r\nPASS wonderland\r\nSTAT\r\nLIST 1\r\n')
  expect([await client.say(), await client.say()]).toEqual(['+OK Password required.', '+OK logged in.'])
  expect(await client.say('NOOP')).toBe('+OK Yup.')
})

test('a fifth connection is closed without a word, until one of the four is over', async () => {
  const server = courierServer()
  const clients = await Promise.all([1, 2, 3, 4].map(() => greeted(server)))
  expect(await talk(server).rest()).toBe('')
  expect(await clients[0]?.say('QUIT')).toBe('+OK Better luck next time.')
  await clients[0]?.rest()
  await server.clock.advance(0)
  expect(await talk(server).say()).toBe('+OK Hello there.')
})

const utf8Message = 'Subject: h\u00E9llo\n\nbody\n'

test('R91: a message with a header in UTF-8 comes in another one, and is not counted so', async () => {
  const client = await talk(courierServer([utf8Message])).login()
  expect(await client.say('LIST 1')).toBe('+OK 1 25')
  const [status, ...lines] = await client.ask('RETR 1')
  expect(lines.slice(0, 3)).toEqual([
    'From: Mail Delivery Subsystem <postmaster>',
    'Subject: Cannot display Unicode content',
    'Mime-Version: 1.0',
  ])
  const [, boundary = ''] = /boundary="(=_\d+-\d+)"$/.exec(lines[3] ?? '') ?? []
  // A Courier said 741 for 42 octets and a boundary of 16; it is there four times.
  expect(status).toBe(`+OK ${25 + 741 - 42 + 4 * (boundary.length - 16)} octets follow.`)
  expect(lines.slice(-8)).toEqual([
    `--${boundary}`,
    'Content-Type: message/global',
    '',
    Buffer.from('Subject: h\u00E9llo').toString('latin1'),
    '',
    'body',
    '',
    `--${boundary}--`,
  ])
  expect(await client.ask('TOP 1 2')).toEqual(['+OK headers follow.', ...lines.slice(0, 7)])
})

test('R90: UTF8 before or behind the login lets a header in UTF-8 pass', async () => {
  const client = await talk(courierServer([utf8Message])).login()
  await client.say('UTF8')
  expect((await client.ask('RETR 1'))[0]).toBe('+OK 25 octets follow.')
})
