import { expect, test } from 'vitest'
import { Pop3Client } from './client.ts'
import type { Pop3UrlOptions } from './options.ts'
import { type Script, scriptedListener, scriptedServer } from './testing/scripted-server.ts'
import { byUrl } from './url.ts'

const script: Script = {
  greeting: '+OK ready <1896.697170952@dbc.mtview.ca.us>\r\n',
  CAPA: '+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n',
  APOP: '+OK\r\n',
  NOOP: '+OK\r\n',
}

async function connect(
  url: string,
  auth: Pop3UrlOptions['auth'],
): Promise<{ commands: readonly string[]; error: unknown }> {
  const { transport, commands } = scriptedServer(script)
  const error = await Pop3Client.connect({ url, transport, auth }).then(
    (client) => client.noop(),
    (error: unknown) => error,
  )
  return { commands, error }
}

test.each<[url: string, auth: Pop3UrlOptions['auth'], sends: string]>([
  ['pop://mrose;AUTH=+APOP@pop.example.com', { pass: 'tanstaaf' }, 'APOP mrose c4c9334bac560ecc979e58001b3e22fb'],
  ['pop://mrose;auth=cram-md5@pop.example.com', { pass: 'tanstaaf' }, 'AUTH CRAM-MD5'],
  ['pop://m%20rose;AUTH=*@localhost', { pass: 'tanstaaf' }, 'CAPA'],
  ['pop://mrose@localhost', { pass: 'tanstaaf' }, 'CAPA'],
  ['pop://localhost', { user: 'mrose', pass: 'tanstaaf', mechanism: 'PLAIN' }, 'AUTH PLAIN'],
  ['pop://mrose;AUTH=XOAUTH2@localhost', { user: 'mrose', accessToken: 'ya29' }, 'AUTH XOAUTH2'],
  ['pop://;AUTH=EXTERNAL@localhost', {}, 'AUTH EXTERNAL'],
  ['pop://mrose@localhost', undefined, 'NOOP'],
])('R97: %s with %j begins with %s', async (url, auth, sends) => {
  expect((await connect(url, auth)).commands[0]).toBe(sends)
})

test.each<[url: string, auth: Pop3UrlOptions['auth']]>([
  ['pop://mrose@localhost', {}],
  ['pop://localhost', { pass: 'tanstaaf' }],
  ['pop://mrose@localhost', { user: 'alice', pass: 'tanstaaf' }],
  ['pop://mrose;AUTH=+APOP@localhost', { pass: 'tanstaaf', mechanism: 'USER' }],
  ['pop://mrose;AUTH=KERBEROS_V4@localhost', { pass: 'tanstaaf' }],
  ['pop://mrose:tanstaaf@localhost', { pass: 'tanstaaf' }],
  ['pop://mrose%0d%0aDELE%201@localhost', { pass: 'tanstaaf' }],
  ['http://localhost', undefined],
])('R96, R98: %s with %j is refused before anything is sent', async (url, auth) => {
  const { commands, error } = await connect(url, auth)
  expect(commands).toEqual([])
  expect(error).toMatchObject({ code: 'POP3_ARGUMENT' })
  expect(String(error)).not.toContain('tanstaaf')
})

test('R96: host and port are those of the URL', async () => {
  await using server = await scriptedListener(script)
  await using client = await Pop3Client.connect({ url: `pop://${server.host}:${server.port}` })
  await client.noop()
})

test('R96: the port is 110 by default, or what goes with implicit TLS', () => {
  expect(byUrl({ url: 'pop://[::1]' })).toEqual({ host: '::1' })
  expect(byUrl({ url: 'pop://[::1]:110', tls: 'implicit' })).toEqual({ host: '::1', port: 110, tls: 'implicit' })
})
