/** The client's logins against the mock server, by every mechanism that both know. */
import { Pop3Client, type Pop3Auth } from '@pop3kit/client'
import { pop3, reply, setupPop3Server, type Pop3Server } from '@pop3kit/server'
import { expect, test, vi } from 'vitest'

const password = { user: 'alice', pass: 'wonderland' }
const token = { user: 'alice', accessToken: 'ya29.vF9dft4qmT' }

function setUp(): Pop3Server {
  return setupPop3Server({
    maildrops: { alice: { password: 'wonderland', apopSecret: 'wonderland', accessTokens: [token.accessToken] } },
  })
}

/** The verbs, AUTH with its mechanism, of a login and the NOOP that shows where it has led to. */
async function logIn(server: Pop3Server, auth: Pop3Auth): Promise<string[]> {
  await using client = await Pop3Client.connect({ transport: server.connect(), auth })
  await client.noop()
  return (server.sessions.at(-1)?.commands ?? []).map((line) => /^(?:AUTH )?\S*/i.exec(line)?.[0] ?? '')
}

test.each(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN'] as const)('%s logs in', async (mechanism) => {
  await using server = setUp()
  const [auth] = await logIn(server, { ...password, mechanism })
  expect(auth).toBe(`AUTH ${mechanism}`)
})

test.each(['XOAUTH2', 'OAUTHBEARER'] as const)('%s logs in', async (mechanism) => {
  await using server = setUp()
  const [auth] = await logIn(server, { ...token, mechanism })
  expect(auth).toBe(`AUTH ${mechanism}`)
})

test('APOP logs in, and so do USER and PASS', async () => {
  await using server = setUp()
  expect(await logIn(server, { ...password, mechanism: 'APOP' })).toEqual(['APOP', 'NOOP'])
  expect(await logIn(server, { ...password, mechanism: 'USER' })).toEqual(['USER', 'PASS', 'NOOP'])
})

test('unnamed, the best mechanism that is announced logs in', async () => {
  await using server = setUp()
  expect(await logIn(server, password)).toEqual(['CAPA', 'AUTH SCRAM-SHA-256', 'NOOP'])
})

test('M48: what is announced and fails is followed by the next mechanism, which logs in', async () => {
  await using server = setUp()
  server.use(pop3.auth(() => reply.err('not today'), { times: 2 }))
  expect(await logIn(server, password)).toEqual([
    'CAPA',
    'AUTH SCRAM-SHA-256',
    'AUTH SCRAM-SHA-1',
    'AUTH CRAM-MD5',
    'NOOP',
  ])
})

test('a wrong password is refused by every mechanism, until one has shown it', async () => {
  await using server = setUp()
  const login = logIn(server, { ...password, pass: 'wrong' })
  await expect(login).rejects.toMatchObject({ code: 'POP3_REPLY', responseCode: 'AUTH' })
  expect(server.sessions[0]?.commands).toEqual([
    'CAPA',
    'AUTH SCRAM-SHA-256 ***',
    'AUTH SCRAM-SHA-1 ***',
    'AUTH CRAM-MD5',
    'APOP alice ***',
    'AUTH PLAIN ***',
  ])
})

test('R86, R89: what the server says about a token that has expired stands in the error', async () => {
  await using server = setUp()
  const login = logIn(server, { ...token, accessToken: 'ya29.expired' })
  const error = await login.catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'POP3_REPLY', explanation: expect.stringContaining('"status"') })
  expect(JSON.stringify(error)).not.toContain('ya29')
})

test('R51: what the server announces as PIPELINING is used', async () => {
  await using server = setUp()
  server.maildrop('alice').deliver('one\r\n')
  const transport = server.connect()
  await using client = await Pop3Client.connect({ transport, auth: password })
  const write = vi.spyOn(transport, 'write')
  const [message, refusal] = await Promise.all([
    client.retr(1),
    client.dele(2).catch((error: unknown) => error),
    client.noop(),
  ])
  expect(write.mock.calls.map(([chunk]) => Buffer.from(chunk).toString())).toEqual(['RETR 1\r\nDELE 2\r\nNOOP\r\n'])
  expect(Buffer.from(message).toString()).toBe('one\r\n')
  expect(refusal).toMatchObject({ code: 'POP3_REPLY', command: 'DELE 2' })
})
