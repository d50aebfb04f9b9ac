/** The client's logins against the mock server, by every mechanism that both know. */
import { Pop3Client, type Pop3Auth } from '@pop3kit/client'
import { pop3, reply, setupPop3Server, type Pop3Server } from '@pop3kit/server'
import { expect, test } from 'vitest'

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
