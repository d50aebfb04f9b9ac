/** docs/decisions/0008: passwords over connections that others may read. */
import { expect, test } from 'vitest'
import { Pop3Client } from '../client.ts'
import { login, type Script, scriptedServer } from '../testing/scripted-server.ts'
import type { Pop3Auth } from './auth.ts'

const auth = { user: 'mrose', pass: 'tanstaaf' }
const named = { ...auth, mechanism: 'USER' } as const
const announcing = (sasl: string): Script => ({ CAPA: `+OK\r\nUSER\r\nSASL ${sasl}\r\n.\r\n` })
const refused = { code: 'POP3_ARGUMENT', message: expect.stringContaining('expected TLS or allowCleartext') }

interface Peer {
  readonly remoteAddress?: string
  readonly encrypted?: boolean
}

async function logIn(
  script: Script,
  auth: Pop3Auth,
  peer: Peer,
  host?: string,
): Promise<{ commands: readonly string[]; error: unknown }> {
  const { transport, commands } = scriptedServer(script)
  const client = new Pop3Client({ transport: Object.assign(transport, peer), host })
  const error = await client.login(auth).catch((error: unknown) => error)
  return { commands, error }
}

test.each<[what: string, peer: Peer, host?: string]>([
  ['memory', {}],
  ['127.0.0.1', { remoteAddress: '127.0.0.1' }],
  ['any address of 127.0.0.0/8', { remoteAddress: '127.9.8.7' }],
  ['::1', { remoteAddress: '::1' }],
  ['127.0.0.1 on a socket of IPv6', { remoteAddress: '::ffff:127.0.0.1' }],
  ['localhost', { remoteAddress: '127.0.0.1' }, 'localhost'],
  ['a name below localhost', { remoteAddress: '127.0.0.1' }, 'pop.localhost'],
  ['TLS, wherever it goes', { remoteAddress: '192.0.2.1', encrypted: true }, 'pop.example.com'],
])('over %s a password may go in clear', async (_, peer, host) => {
  expect(await logIn(login, named, peer, host)).toEqual({
    commands: ['USER mrose', 'PASS tanstaaf'],
    error: undefined,
  })
})

test.each<[what: string, peer: Peer, host?: string]>([
  ['a network', { remoteAddress: '192.0.2.1' }],
  ['a network of IPv6', { remoteAddress: '2001:db8::1' }],
  ['an address that only looks like loopback', { remoteAddress: '127.0.0.1.example.com' }],
  ['a proxy on this machine, to a host elsewhere', { remoteAddress: '127.0.0.1' }, 'pop.example.com'],
  ['memory, to a host elsewhere', {}, 'pop.example.com'],
])('over %s it does not, unless that is allowed', async (_, peer, host) => {
  expect(await logIn(login, named, peer, host)).toMatchObject({ commands: [], error: refused })
  expect(await logIn(login, { ...named, allowCleartext: true }, peer, host)).toMatchObject({ error: undefined })
})

test('over a network the mechanisms that do not show the password remain', async () => {
  const network = { remoteAddress: '192.0.2.1' }
  const script = { ...announcing('PLAIN LOGIN CRAM-MD5'), ...login }
  expect(await logIn(script, auth, network)).toMatchObject({
    commands: ['CAPA', 'AUTH CRAM-MD5'],
    error: { code: 'POP3_REPLY', command: 'AUTH CRAM-MD5' },
  })
  expect(await logIn({ ...announcing('PLAIN LOGIN'), ...login }, auth, network)).toMatchObject({
    commands: ['CAPA'],
    error: refused,
  })
})

test('R88: a token is a secret as a password is', async () => {
  const script = announcing('OAUTHBEARER XOAUTH2')
  const token = { user: 'mrose', accessToken: 'ya29' }
  expect(await logIn(script, token, { remoteAddress: '192.0.2.1' })).toMatchObject({
    commands: ['CAPA'],
    error: refused,
  })
})
