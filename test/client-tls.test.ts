/** The client under TLS, against the mock server: over TCP and over memory, from the first octet and behind STLS. */
import { isPop3Error, Pop3Client, type Pop3ConnectOptions } from '@pop3kit/client'
import { once } from 'node:events'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { pop3, reply, setupPop3Server, type Pop3Server, type Pop3ServerOptions } from '@pop3kit/server'
import { expect, test, vi } from 'vitest'

const large = `Subject: large\r\n\r\n${'.a line with a dot\r\n'.repeat(50_000)}`
const auth = { user: 'alice', pass: 'wonderland' }
const modes = ['implicit', 'starttls'] as const
const wires = ['TCP', 'memory'] as const
const everywhere = modes.flatMap((mode) => wires.map((wire) => [mode, wire] as const))

function setUp(tls?: Pop3ServerOptions['tls']): Pop3Server {
  return setupPop3Server({ maildrops: { alice: { password: 'wonderland', messages: ['one\r\n', large] } }, tls })
}

/** Where the server is to be found. */
async function reach(
  server: Pop3Server,
  mode: (typeof modes)[number],
  wire: (typeof wires)[number],
): Promise<Pop3ConnectOptions> {
  const tls = mode === 'implicit' ? { tls: 'implicit' as const } : {}
  if (wire === 'memory') return { transport: server.connect(tls) }
  await server.listen(tls)
  return { host: 'localhost', port: server.addresses.at(-1)?.port }
}

test.each(everywhere)('%s over %s: a session goes from the greeting to QUIT', async (mode, wire) => {
  await using server = setUp()
  const tls = { mode, ca: await server.certificateAuthority() }
  const client = await Pop3Client.connect({ ...(await reach(server, mode, wire)), tls, auth })
  expect(await client.stat()).toEqual({ messages: 2, octets: large.length + 5 })
  expect(Buffer.from(await client.retr(2)).toString()).toBe(large)
  let streamed = 0
  for await (const chunk of client.retrStream(2)) streamed += chunk.length
  expect(streamed).toBe(large.length)
  await client.dele(1)
  await client.quit()
  expect(server.sessions[0]?.removed).toEqual(['uid-1'])
})

test('R63: what the server can do is asked under TLS', async () => {
  await using server = setUp()
  const tls = { mode: 'starttls', ca: await server.certificateAuthority() } as const
  await using client = await Pop3Client.connect({ transport: server.connect(), tls, auth })
  await client.noop()
  expect(server.sessions[0]?.commands.slice(0, 2)).toEqual(['STLS', 'CAPA'])
})

test.each(everywhere)(
  'R66: %s over %s: a certificate of an authority that is not known is refused',
  async (mode, wire) => {
    await using server = setUp()
    const connecting = Pop3Client.connect({ ...(await reach(server, mode, wire)), tls: mode, auth })
    const error = await connecting.catch((error: unknown) => error)
    expect(isPop3Error(error)).toBe(true)
    expect(error).toMatchObject({ code: 'POP3_TLS', phase: 'tls', cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } })
    expect(server.sessions.flatMap(({ commands }) => commands)).toEqual(mode === 'starttls' ? ['STLS'] : [])
  },
)

test.each([
  ['expired', 'CERT_HAS_EXPIRED'],
  ['not-yet-valid', 'CERT_NOT_YET_VALID'],
  ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
] as const)(
  'M73: a certificate that is %s is refused, unless the caller trusts everybody',
  async (certificate, code) => {
    await using server = setUp({ certificate })
    await server.listen({ tls: 'implicit' })
    const { port } = server
    const tls = { mode: 'implicit', ca: await server.certificateAuthority() } as const
    await expect(Pop3Client.connect({ host: 'localhost', port, tls })).rejects.toMatchObject({
      code: 'POP3_TLS',
      cause: { code },
    })
    await using client = await Pop3Client.connect({
      host: 'localhost',
      port,
      tls: { ...tls, rejectUnauthorized: false },
    })
    expect(client.greeting?.ok).toBe(true)
  },
)

test('the certificate has to bear the name or the address of the host', async () => {
  await using server = setUp({ hosts: ['pop.example.com', '127.0.0.1'] })
  await server.listen({ tls: 'implicit' })
  const { port } = server
  const tls = { mode: 'implicit', ca: await server.certificateAuthority() } as const
  const refused = { code: 'POP3_TLS', cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' } }
  await expect(Pop3Client.connect({ host: 'localhost', port, tls })).rejects.toMatchObject(refused)
  await expect(Pop3Client.connect({ transport: server.connect({ tls: 'implicit' }), tls })).rejects.toMatchObject(
    refused,
  )
  for (const options of [
    { host: '127.0.0.1', port, tls },
    { host: 'localhost', port, tls: { ...tls, servername: 'pop.example.com' } },
    { host: 'pop.example.com', transport: server.connect({ tls: 'implicit' }), tls },
  ]) {
    await using client = await Pop3Client.connect(options)
    expect(client.greeting?.ok).toBe(true)
  }
})

test.each(modes)('%s: the first call of a client that was made with new starts TLS', async (mode) => {
  await using server = setUp()
  const tls = { mode, ca: await server.certificateAuthority() }
  await using client = new Pop3Client({ transport: server.connect(mode === 'implicit' ? { tls: mode } : {}), tls })
  const [, , { messages }] = await Promise.all([client.noop().catch(() => {}), client.login(auth), client.stat()])
  expect(messages).toBe(2)
})

test('a server without TLS refuses STLS, and nothing more is said to it', async () => {
  await using server = setUp(false)
  await expect(Pop3Client.connect({ transport: server.connect(), tls: 'starttls', auth })).rejects.toMatchObject({
    code: 'POP3_REPLY',
    command: 'STLS',
  })
  expect(server.sessions[0]?.commands).toEqual(['STLS'])
})

test('R65, M72: what comes in clear behind the reply to STLS ends the connection', async () => {
  await using server = setUp()
  server.use(pop3.stls(() => reply.of('+OK Begin TLS\r\n+OK Logged in')))
  await expect(Pop3Client.connect({ transport: server.connect(), tls: 'starttls', auth })).rejects.toMatchObject({
    code: 'POP3_PROTOCOL',
    message: expect.stringContaining('because TLS begins there'),
  })
})

test('R60: a certificate of the client is shown, and EXTERNAL logs in with it', async () => {
  await using server = setupPop3Server({
    maildrops: { alice: { password: 'wonderland' } },
    tls: { clientCertificates: 'request' },
  })
  const tls = {
    mode: 'starttls',
    ca: await server.certificateAuthority(),
    ...(await server.clientCertificate('alice')),
  } as const
  const client = await Pop3Client.connect({ transport: server.connect(), tls, auth: { mechanism: 'EXTERNAL' } })
  expect(await client.stat()).toEqual({ messages: 0, octets: 0 })
  await client.quit()
})

test.each(['quit', 'close'] as const)('R67: %s() closes TLS with an alert', async (end) => {
  await using server = setUp()
  const transport = server.connect({ tls: 'implicit' })
  const write = vi.spyOn(transport, 'write')
  // In TLS 1.3 an alert does not look like one from outside
  const tls = { mode: 'implicit', ca: await server.certificateAuthority(), maxVersion: 'TLSv1.2' } as const
  const client = await Pop3Client.connect({ transport, tls, auth })
  // Over memory Node finishes a write in the next turn of the loop, and an alert waits for it
  await turnOfTheLoop()
  await Promise.all([once(transport, 'close'), client[end]()])
  const records = write.mock.calls.map(([chunk]) => Buffer.from(chunk)[0])
  expect(records.at(-1)).toBe(21)
})
