import { apopDigest } from '@pop3kit/codec'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Pop3Client } from '../client.ts'
import type { Pop3Auth } from './auth.ts'
import { login, type Script, scriptedServer } from '../testing/scripted-server.ts'

const timestamp = '<1896.697170952@dbc.mtview.ca.us>'
const apopServer: Script = { greeting: `+OK POP3 server ready ${timestamp}\r\n` }
const auth: Pop3Auth = { user: 'mrose', pass: 'tanstaaf' }
const apop = 'APOP mrose c4c9334bac560ecc979e58001b3e22fb'

async function logIn(script: Script, auth: Pop3Auth): Promise<{ commands: readonly string[]; error: unknown }> {
  const { transport, commands } = scriptedServer(script)
  const error = await new Pop3Client({ transport }).login(auth).catch((error: unknown) => error)
  return { commands, error }
}

/** A server that announces these, and refuses every AUTH. */
const announcing = (...capabilities: readonly string[]): Script => ({
  CAPA: `+OK\r\n${capabilities.map((capability) => `${capability}\r\n`).join('')}.\r\n`,
})

test('R46: when CAPA is refused and the greeting has no timestamp it is USER and PASS', async () => {
  expect(await logIn(login, auth)).toEqual({ commands: ['CAPA', 'USER mrose', 'PASS tanstaaf'], error: undefined })
})

test('R21: with a timestamp it is APOP', async () => {
  expect(await logIn({ ...apopServer, APOP: '+OK\r\n' }, auth)).toEqual({ commands: ['CAPA', apop], error: undefined })
})

test.each([
  ['SASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256', 'SCRAM-SHA-256'],
  ['SASL SCRAM-SHA-1 CRAM-MD5', 'SCRAM-SHA-1'],
  ['SASL LOGIN PLAIN CRAM-MD5', 'CRAM-MD5'],
  ['SASL LOGIN PLAIN', 'PLAIN'],
  ['SASL LOGIN GSSAPI NTLM', 'LOGIN'],
  ['sasl plain', 'PLAIN'],
])('R45: of "%s" it is %s', async (capability, mechanism) => {
  const { commands } = await logIn({ ...announcing(capability), AUTH: '-ERR [SYS/TEMP] later\r\n' }, auth)
  expect(commands[1]?.split(' ').slice(0, 2)).toEqual(['AUTH', mechanism])
})

test('what is refused is followed by the next best, the last one is USER', async () => {
  const script = {
    ...apopServer,
    ...announcing('USER', 'SASL PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256'),
    ...login,
  }
  const { commands, error } = await logIn(script, auth)
  expect(error).toBeUndefined()
  expect(commands.map((line) => /^(?:AUTH )?\S+/.exec(line)?.[0])).toEqual([
    'CAPA',
    'AUTH SCRAM-SHA-256',
    'AUTH SCRAM-SHA-1',
    'AUTH CRAM-MD5',
    'APOP',
    'AUTH PLAIN',
    'AUTH LOGIN',
    'USER',
    'PASS',
  ])
})

test('R54: USER that is not announced is not tried where AUTH was', async () => {
  const { commands, error } = await logIn({ ...announcing('SASL PLAIN'), ...login }, auth)
  expect(commands).toEqual(['CAPA', 'AUTH PLAIN AG1yb3NlAHRhbnN0YWFm'])
  expect(error).toMatchObject({ code: 'POP3_REPLY', command: 'AUTH PLAIN ***' })
})

test('R71: [AUTH] to a mechanism that shows the password ends it, to another one it does not', async () => {
  const { commands, error } = await logIn(
    { ...announcing('USER', 'SASL CRAM-MD5 PLAIN LOGIN'), ...login, AUTH: '-ERR [AUTH] wrong\r\n' },
    auth,
  )
  expect(commands).toEqual(['CAPA', 'AUTH CRAM-MD5', 'AUTH PLAIN AG1yb3NlAHRhbnN0YWFm'])
  expect(error).toMatchObject({ code: 'POP3_REPLY', responseCode: 'AUTH' })
})

test.each(['-ERR permission denied', '-ERR [AUTH] permission denied'])(
  'when APOP gets "%s" it is USER and PASS on the same connection',
  async (refusal) => {
    const { commands, error } = await logIn({ ...apopServer, ...login, APOP: `${refusal}\r\n` }, auth)
    expect(commands).toEqual(['CAPA', apop, 'USER mrose', 'PASS tanstaaf'])
    expect(error).toBeUndefined()
  },
)

test.each(['IN-USE', 'LOGIN-DELAY', 'SYS/TEMP', 'sys/perm/disk'])(
  'R57, R58, R70: when APOP is refused with [%s] no other mechanism is tried',
  async (code) => {
    const { commands, error } = await logIn({ ...apopServer, ...login, APOP: `-ERR [${code}] no\r\n` }, auth)
    expect(commands).toEqual(['CAPA', apop])
    expect(error).toMatchObject({ code: 'POP3_REPLY', command: 'APOP mrose ***', responseCode: code })
  },
)

test('R97: a mechanism that is named is never replaced, and CAPA is not asked for it (M51)', async () => {
  const password = { user: 'mrose', pass: 'tanstaaf' }
  expect(await logIn({ ...apopServer, ...login }, { ...password, mechanism: 'USER' })).toEqual({
    commands: ['USER mrose', 'PASS tanstaaf'],
    error: undefined,
  })
  expect(
    await logIn({ ...apopServer, ...login, APOP: '-ERR no\r\n' }, { ...password, mechanism: 'APOP' }),
  ).toMatchObject({
    commands: [apop],
    error: { code: 'POP3_REPLY' },
  })
  expect(await logIn(login, { ...password, mechanism: 'APOP' })).toMatchObject({
    commands: [],
    error: { code: 'POP3_ARGUMENT' },
  })
  expect(await logIn({ ...login, ...announcing('SASL LOGIN') }, { ...password, mechanism: 'CRAM-MD5' })).toMatchObject({
    commands: ['AUTH CRAM-MD5'],
    error: { code: 'POP3_REPLY' },
  })
})

test('a mechanism that is none for these credentials is refused before anything is sent', async () => {
  const wrong: Pop3Auth = JSON.parse('{ "user": "mrose", "pass": "tanstaaf", "mechanism": "XOAUTH2" }')
  expect(await logIn(login, wrong)).toMatchObject({ commands: [], error: { code: 'POP3_ARGUMENT' } })
})

test('a mechanism that cannot carry the password is left out', async () => {
  const { commands, error } = await logIn(
    { ...announcing('USER', 'SASL PLAIN'), ...login },
    { user: 'mrose', pass: '' },
  )
  expect(commands).toEqual(['CAPA', 'USER mrose', 'PASS '])
  expect(error).toBeUndefined()
})

test('an access token goes by OAUTHBEARER, else by XOAUTH2, and by no other', async () => {
  const token = { user: 'mrose', accessToken: 'ya29' }
  const refused = { AUTH: '-ERR no\r\n' }
  const both = await logIn({ ...announcing('SASL PLAIN XOAUTH2 OAUTHBEARER'), ...refused }, token)
  expect(both.commands.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'CAPA',
    'AUTH OAUTHBEARER',
    'AUTH XOAUTH2',
  ])
  expect(await logIn({ ...announcing('USER', 'SASL PLAIN'), ...login }, token)).toMatchObject({
    commands: ['CAPA'],
    error: { code: 'POP3_ARGUMENT', message: expect.stringContaining('announce one of OAUTHBEARER, XOAUTH2') },
  })
})

test('R94: a password that is not ASCII goes by USER only where UTF8 USER is announced', async () => {
  const umlaut = { user: 'mrose', pass: 'tänst' }
  const named = { ...umlaut, mechanism: 'USER' } as const
  const error = { code: 'POP3_ARGUMENT', message: expect.stringContaining('UTF8 USER') }
  expect(await logIn(login, umlaut)).toMatchObject({ commands: ['CAPA'], error })
  expect(await logIn({ ...announcing('UTF8'), ...login }, named)).toMatchObject({ commands: ['CAPA'], error })
  expect(await logIn({ ...announcing('utf8 user'), ...login }, named)).toMatchObject({ error: undefined })
  const { commands } = await logIn({ ...announcing('USER', 'SASL PLAIN'), AUTH: '+OK\r\n' }, umlaut)
  expect(commands).toEqual(['CAPA', `AUTH PLAIN ${Buffer.from('\0mrose\0tänst').toString('base64')}`])
})

test('another identity goes with the mechanisms that have a place for it alone', async () => {
  const admin = { user: 'admin', pass: 'tanstaaf', authzid: 'mrose' }
  const script = { ...announcing('USER', 'SASL LOGIN CRAM-MD5 PLAIN'), ...login, AUTH: '+OK\r\n' }
  expect(await logIn(script, admin)).toEqual({
    commands: ['CAPA', `AUTH PLAIN ${Buffer.from('mrose\0admin\0tanstaaf').toString('base64')}`],
    error: undefined,
  })
  expect(await logIn(script, { ...admin, mechanism: 'USER' })).toMatchObject({
    commands: [],
    error: { code: 'POP3_ARGUMENT' },
  })
})

test('M56: when the server closes after a failed APOP, the refusal is what the caller learns', async () => {
  const script: Script = { ...apopServer, APOP: '-ERR wrong secret\r\n', USER: (end) => end.close() }
  expect((await logIn(script, auth)).error).toMatchObject({ code: 'POP3_REPLY', command: 'APOP mrose ***' })
})

test('R19: no command comes between USER and PASS', async () => {
  const server = scriptedServer({ ...login, NOOP: '+OK\r\n' })
  await using client = new Pop3Client({ transport: server.transport })
  await Promise.all([client.login(auth), client.noop()])
  expect(server.commands).toEqual(['CAPA', 'USER mrose', 'PASS tanstaaf', 'NOOP'])
})

test('after a refusal the same connection can log in', async () => {
  let tries = 0
  const server = scriptedServer({
    USER: '+OK\r\n',
    PASS: (end) => {
      tries += 1
      end.send(tries === 1 ? '-ERR [AUTH] wrong\r\n' : '+OK\r\n')
    },
  })
  await using client = new Pop3Client({ transport: server.transport })
  await expect(client.login({ ...auth, pass: 'wrong' })).rejects.toMatchObject({ command: 'PASS ***' })
  await client.login(auth)
})

test('connect() with a login that is refused closes the connection', async () => {
  const server = scriptedServer({ USER: '+OK\r\n', PASS: '-ERR no\r\n' })
  await expect(Pop3Client.connect({ transport: server.transport, auth })).rejects.toMatchObject({ code: 'POP3_REPLY' })
  expect(server.transport.destroyed).toBe(true)
})

/** Servers that repeat what they were told, in every way that ends in an error. */
const echoes: readonly (readonly [title: string, script: Script])[] = [
  ['in a refusal', { USER: '+OK\r\n', PASS: '-ERR [tanstaaf] wrong password tanstaaf\r\n' }],
  ['in place of a reply', { USER: '+OK\r\n', PASS: 'PASS tanstaaf\r\n' }],
  ['in a continuation', { USER: '+OK\r\n', PASS: '+ PASS tanstaaf\r\n' }],
  ['behind the reply', { USER: '+OK\r\n', PASS: '+OK\r\nPASS tanstaaf\r\n' }],
  ['in a line without end', { USER: '+OK\r\n', PASS: `+OK ${'PASS tanstaaf '.repeat(1000)}` }],
  [
    'cut short',
    {
      USER: '+OK\r\n',
      PASS: (end) => {
        end.send('-ERR tanstaa')
        end.close()
      },
    },
  ],
  ['as a digest', { ...apopServer, APOP: `-ERR [IN-USE] ${apopDigest(timestamp, 'tanstaaf')}\r\n` }],
]

test.each(echoes)('a secret that the server repeats %s stands in no error', async (_, script) => {
  const { transport } = scriptedServer(script)
  const client = new Pop3Client({ transport })
  const errors = await Promise.all(
    [client.login(auth), client.noop(), client.noop()].map((call) => call.catch((error: unknown) => error)),
  )
  const shown = inspect(errors, { depth: 10, showHidden: true, getters: true })
  expect(shown).toContain('POP3_')
  expect(shown).not.toContain('tanst')
  expect(shown).not.toContain('c4c9334')
})

test('an empty secret hides nothing', async () => {
  const { error } = await logIn({ USER: '+OK\r\n', PASS: '-ERR no password\r\n' }, { user: 'mrose', pass: '' })
  expect(error).toMatchObject({ command: 'PASS ***', reply: { text: 'no password' } })
})
