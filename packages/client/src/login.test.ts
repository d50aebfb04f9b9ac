import { apopDigest } from '@pop3kit/codec'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Pop3Client } from './client.ts'
import type { Pop3Auth } from './login.ts'
import { login, type Script, scriptedServer } from './testing/scripted-server.ts'

const timestamp = '<1896.697170952@dbc.mtview.ca.us>'
const apopServer: Script = { greeting: `+OK POP3 server ready ${timestamp}\r\n` }
const auth: Pop3Auth = { user: 'mrose', pass: 'tanstaaf' }
const apop = 'APOP mrose c4c9334bac560ecc979e58001b3e22fb'

async function logIn(script: Script, auth: Pop3Auth): Promise<{ commands: readonly string[]; error: unknown }> {
  const { transport, commands } = scriptedServer(script)
  const error = await new Pop3Client({ transport }).login(auth).catch((error: unknown) => error)
  return { commands, error }
}

test('without a timestamp in the greeting it is USER and PASS', async () => {
  expect(await logIn(login, auth)).toEqual({ commands: ['USER mrose', 'PASS tanstaaf'], error: undefined })
})

test('R21: with a timestamp it is APOP', async () => {
  expect(await logIn({ ...apopServer, APOP: '+OK\r\n' }, auth)).toEqual({ commands: [apop], error: undefined })
})

test.each(['-ERR permission denied', '-ERR [AUTH] permission denied'])(
  'when APOP gets "%s" it is USER and PASS on the same connection',
  async (refusal) => {
    const { commands, error } = await logIn({ ...apopServer, ...login, APOP: `${refusal}\r\n` }, auth)
    expect(commands).toEqual([apop, 'USER mrose', 'PASS tanstaaf'])
    expect(error).toBeUndefined()
  },
)

test.each(['IN-USE', 'LOGIN-DELAY', 'SYS/TEMP', 'sys/perm/disk'])(
  'when APOP is refused with [%s] no other mechanism is tried',
  async (code) => {
    const { commands, error } = await logIn({ ...apopServer, ...login, APOP: `-ERR [${code}] no\r\n` }, auth)
    expect(commands).toEqual([apop])
    expect(error).toMatchObject({ code: 'POP3_REPLY', command: 'APOP mrose ***', responseCode: code })
  },
)

test('a mechanism that is named is never replaced', async () => {
  expect(await logIn({ ...apopServer, ...login }, { ...auth, mechanism: 'USER' })).toEqual({
    commands: ['USER mrose', 'PASS tanstaaf'],
    error: undefined,
  })
  expect(await logIn({ ...apopServer, ...login, APOP: '-ERR no\r\n' }, { ...auth, mechanism: 'APOP' })).toMatchObject({
    commands: [apop],
    error: { code: 'POP3_REPLY' },
  })
  expect(await logIn(login, { ...auth, mechanism: 'APOP' })).toMatchObject({
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
  expect(server.commands).toEqual(['USER mrose', 'PASS tanstaaf', 'NOOP'])
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
