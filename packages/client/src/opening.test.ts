/** TLS up to the handshake: what follows it needs certificates, and is tested with the mock server. */
import { expect, test, vi } from 'vitest'
import { Pop3Client } from './client.ts'
import type { Pop3ConnectOptions } from './options.ts'
import { login, type Script, scriptedListener, scriptedServer, silence } from './testing/scripted-server.ts'

const auth = { user: 'alice', pass: 'wonderland' }

async function connect(
  script: Script,
  options: Pop3ConnectOptions,
): Promise<{ commands: readonly string[]; destroyed: boolean; error: unknown }> {
  const { transport, commands } = scriptedServer(script)
  const error = await Pop3Client.connect({ transport, auth, ...options }).catch((error: unknown) => error)
  return { commands, destroyed: transport.destroyed, error }
}

test.each(['-ERR unknown command', '-ERR [SYS/PERM] TLS is not available'])(
  'M53: when STLS gets "%s" the connection ends, and nothing goes on in clear',
  async (refusal) => {
    const outcome = await connect({ ...login, STLS: `${refusal}\r\n` }, { tls: 'starttls' })
    expect(outcome).toMatchObject({
      commands: ['STLS'],
      destroyed: true,
      error: { code: 'POP3_REPLY', command: 'STLS', reply: { line: refusal } },
    })
  },
)

test.each([
  ['an accepted', '+OK Begin TLS\r\n', { code: 'POP3_PROTOCOL', offset: 26, excerpt: '+OK\\r\\n+OK\\r\\n' }],
  ['a refused', '-ERR no\r\n', { code: 'POP3_REPLY', command: 'STLS' }],
])('R65, M72: replies in clear behind %s STLS are not taken for those of a login', async (_, reply, error) => {
  const outcome = await connect({ ...login, STLS: `${reply}+OK\r\n+OK\r\n` }, { tls: 'starttls' })
  expect(outcome).toMatchObject({ commands: ['STLS'], destroyed: true, error })
})

test('R65: replies in clear that come while the handshake goes on are no TLS', async () => {
  const { error } = await connect(
    {
      STLS: (end) => {
        end.send('+OK Begin TLS\r\n')
        setImmediate(() => setImmediate(() => end.send('+OK\r\n+OK\r\n')))
      },
    },
    { tls: 'starttls' },
  )
  expect(error).toMatchObject({ code: 'POP3_TLS', phase: 'tls', cause: { code: 'ERR_SSL_WRONG_VERSION_NUMBER' } })
})

test('R62: behind STLS comes the handshake and nothing else, whatever is called meanwhile', async () => {
  const server = scriptedServer({ STLS: '+OK\r\n' })
  const write = vi.spyOn(server.transport, 'write')
  const client = new Pop3Client({ transport: server.transport, tls: 'starttls' })
  const calls = Promise.allSettled([client.login(auth), client.noop()])
  await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(2))
  const [stls, hello] = write.mock.calls.map(([chunk]) => Buffer.from(chunk))
  expect(stls?.toString()).toBe('STLS\r\n')
  const handshake = 22
  expect(hello?.[0]).toBe(handshake)
  await client.close()
  await calls
})

test.each([
  ['a name', 'pop.example.com', true],
  ['an address', '192.0.2.1', false],
])('a certificate is asked for by the host when that is %s (RFC 6066 section 3)', async (_, host, named) => {
  const { transport } = scriptedServer({ greeting: silence })
  const write = vi.spyOn(transport, 'write')
  const client = new Pop3Client({ transport, host, tls: 'implicit' })
  const call = client.noop().catch(() => {})
  await vi.waitFor(() => expect(write).toHaveBeenCalledOnce())
  expect(Buffer.from(write.mock.calls[0]?.[0]).includes(host)).toBe(named)
  await client.close()
  await call
})

test('a wrong option is not taken for no TLS', async () => {
  const options: Pop3ConnectOptions = JSON.parse('{ "tls": true }')
  expect(await connect(login, options)).toMatchObject({ commands: [], error: { code: 'POP3_ARGUMENT' } })
})

test('options that Node refuses end the connection', async () => {
  const tls = { mode: 'implicit', cert: 'none', key: 'none' } as const
  const { error, destroyed } = await connect({ greeting: silence }, { tls })
  expect(error).toMatchObject({ code: 'POP3_TLS', phase: 'tls', cause: { code: 'ERR_OSSL_PEM_NO_START_LINE' } })
  expect(destroyed).toBe(true)
})

test('M73: a service in clear where TLS is expected is Pop3TlsError', async () => {
  await using server = await scriptedListener({ greeting: '+OK ready\r\n' })
  await expect(Pop3Client.connect({ ...server, tls: 'implicit' })).rejects.toMatchObject({
    code: 'POP3_TLS',
    phase: 'tls',
    message: 'Cannot start TLS: wrong version number',
  })
})

test.each([
  ['time-out', { timeout: 20 }, { code: 'POP3_TIMEOUT', phase: 'tls', timeout: 20 }],
  ['abort', { signal: AbortSignal.timeout(1) }, { name: 'TimeoutError' }],
])('a handshake without an answer ends by %s', async (_, options, error) => {
  await using server = await scriptedListener({ greeting: silence })
  await expect(Pop3Client.connect({ ...server, tls: 'implicit', ...options })).rejects.toMatchObject(error)
})
