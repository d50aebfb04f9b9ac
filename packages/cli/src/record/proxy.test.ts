import { once } from 'node:events'
import { type Socket, connect, createServer } from 'node:net'
import { Pop3Client } from '@pop3kit/client'
import { type Pop3Server, fault, pop3, reply, setupPop3Server } from '@pop3kit/server'
import { type Redaction, TranscriptRecorder, parseTranscript } from '@pop3kit/transcript'
import { afterEach, expect, test, vi } from 'vitest'
import { type Proxy, openProxy } from './proxy.ts'
import type { Upstream } from './upstream.ts'

const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

const auth = { user: 'alice', pass: 'wonderland' }

async function serve(): Promise<Pop3Server> {
  const server = setupPop3Server({
    maildrops: { alice: { password: auth.pass, messages: ['Subject: hi\r\n\r\nhello\r\n'] } },
  })
  cleanUps.push(() => server.close())
  return server
}

class Recording {
  text = ''
  readonly failures: string[] = []
  proxy: Proxy | undefined

  async open(upstream: Partial<Upstream> & { port: number }, redact: Redaction = {}): Promise<this> {
    this.proxy = await openProxy({
      upstream: { host: '127.0.0.1', tls: 'none', ca: undefined, insecure: false, ...upstream },
      recorder: new TranscriptRecorder({ write: (text) => (this.text += text), redact }),
      port: 0,
      onFailure: (error) => this.failures.push(String(error)),
    })
    cleanUps.push(() => this.proxy?.close())
    return this
  }

  get address(): { host: string; port: number } {
    return { host: this.proxy?.host ?? '', port: this.proxy?.port ?? 0 }
  }

  /** What passed, when it says so much, without the pauses, which are the machine's. */
  async end(last = /^/): Promise<string> {
    await vi.waitFor(() => expect(this.text).toMatch(last))
    await this.proxy?.close()
    return this.text.replaceAll(/^-- \d+ ms\n/gm, '')
  }
}

test.each(['none', 'implicit', 'starttls'] as const)('a session is recorded in clear: tls %s', async (tls) => {
  const server = await serve()
  await server.listen({ tls: tls === 'implicit' ? 'implicit' : 'none' })
  const recording = await new Recording().open({
    port: server.port,
    tls,
    host: 'localhost',
    ca: await server.certificateAuthority(),
  })
  const client = await Pop3Client.connect({ ...recording.address, auth: { ...auth, mechanism: 'USER' } })
  expect(await client.retr(1)).toHaveLength(22)
  await client.quit()
  await client.close()
  const text = await recording.end(/C closes/)
  expect(text).toMatch(/^== session 1\nS: \+OK POP3 server ready\n/)
  expect(text).toContain('C: USER alice\n')
  expect(text).toContain('C: PASS ***\n')
  expect(text).toContain('C: RETR 1\nS: +OK 22 octets\nS: Subject: hi\nS:\nS: hello\nS: .\nC: QUIT\n')
  expect(text).toMatch(/-- [CS] closes\n-- [CS] closes\n$/)
  expect(text).not.toContain('wonderland')
  expect(server.sessions[0]?.entries.some(({ type }) => type === 'tls')).toBe(tls !== 'none')
  expect(recording.failures).toEqual([])
})

test('what is redacted in the transcript reaches the client as it is', async () => {
  const server = await serve()
  await server.listen()
  const recording = await new Recording().open({ port: server.port }, { bodies: true })
  const client = await Pop3Client.connect({ ...recording.address, auth: { ...auth, mechanism: 'USER' } })
  expect(Buffer.from(await client.retr(1)).toString()).toBe('Subject: hi\r\n\r\nhello\r\n')
  await client.quit()
  expect(await recording.end(/C closes/)).toContain('S: Subject: xx\nS:\nS: xxxxx\nS: .\n')
})

test('a certificate that nobody vouches for is refused, or taken with insecure', async () => {
  const server = await serve()
  await server.listen({ tls: 'implicit' })
  const strict = await new Recording().open({ port: server.port, tls: 'implicit' })
  await expect(Pop3Client.connect(strict.address)).rejects.toMatchObject({ code: 'POP3_CLOSED' })
  expect(strict.failures).toEqual([expect.stringMatching(/Cannot connect to 127\.0\.0\.1:\d+: .*certificate/)])
  expect(await strict.end()).toBe('== session 1\n-- S closes\n')
  const lax = await new Recording().open({ port: server.port, tls: 'implicit', insecure: true })
  await (await Pop3Client.connect(lax.address)).quit()
})

test('a server that refuses STLS, and one that is not there, are told', async () => {
  const server = await serve()
  server.use(pop3.stls(() => reply.err('no TLS today')))
  await server.listen()
  const refused = await new Recording().open({ port: server.port, tls: 'starttls' })
  await expect(Pop3Client.connect(refused.address)).rejects.toThrow()
  expect(refused.failures).toEqual([expect.stringContaining('it answers "-ERR no TLS today" to STLS; expected +OK')])
  const { port } = server
  await server.close()
  const nobody = await new Recording().open({ port })
  await expect(Pop3Client.connect(nobody.address)).rejects.toThrow()
  expect(nobody.failures).toEqual([expect.stringContaining('ECONNREFUSED')])
})

test('a server that does not do TLS from the beginning is told in one line', async () => {
  const server = await serve()
  await server.listen()
  const recording = await new Recording().open({ port: server.port, tls: 'implicit', insecure: true })
  await expect(Pop3Client.connect(recording.address)).rejects.toThrow()
  expect(recording.failures).toEqual([
    `Error: Cannot connect to 127.0.0.1:${server.port}: no TLS: wrong version number; expected a server with TLS from the beginning`,
  ])
})

test('a server that says nothing where STLS is due is not waited for when the recording ends', async () => {
  const server = await serve()
  server.use(pop3.greeting(() => reply.stall()))
  await server.listen()
  const recording = await new Recording().open({ port: server.port, tls: 'starttls' })
  const ended = heard(connect(recording.address))
  await vi.waitFor(() => expect(server.sessions).toHaveLength(1))
  await recording.proxy?.close()
  expect(await ended).toBe('')
  expect(recording.failures).toEqual([])
})

/** Says one thing, and gives all that is heard until the end. */
async function heard(socket: Socket, typed = ''): Promise<string> {
  let text = ''
  socket.on('data', (octets: Buffer) => (text += octets.toString()))
  socket.on('error', () => (text += '<reset>'))
  socket.write(typed)
  await new Promise((resolve) => void socket.once('close', resolve))
  return text
}

test('M66: a reset of the server reaches the client and the transcript', async () => {
  const server = await serve()
  server.use(pop3.noop(() => reply.reset()))
  await server.listen()
  const recording = await new Recording().open({ port: server.port })
  const socket = connect(recording.address)
  await once(socket, 'data')
  expect(await heard(socket, 'NOOP\r\n')).toMatch(/<reset>$/)
  expect(await recording.end()).toMatch(/C: NOOP\n-- S resets\n/)
})

test('a client that resets is written down, and the server sees it, too', async () => {
  const server = await serve()
  await server.listen()
  const recording = await new Recording().open({ port: server.port })
  const socket = connect(recording.address)
  await once(socket, 'data')
  const closed = new Promise<string>((resolve) => server.on('close', ({ how }) => resolve(how)))
  socket.resetAndDestroy()
  expect(await closed).toBe('reset')
  expect(await recording.end()).toMatch(/ready\n-- C resets\n/)
})

test('STLS is refused by the proxy: nothing could be read behind it', async () => {
  const server = await serve()
  await server.listen()
  const recording = await new Recording().open({ port: server.port })
  const socket = connect(recording.address)
  await once(socket, 'data')
  socket.write('stls\r\n')
  expect(String(await once(socket, 'data'))).toMatch(/^-ERR pop3kit records/)
  socket.end('QUIT\r\n')
  await once(socket, 'close')
  expect(server.sessions[0]?.commands).toEqual(['QUIT'])
  expect(await recording.end()).toMatch(/C: stls\nS: -ERR pop3kit .*\nC: QUIT\n/)
})

test('pieces of the server are pieces in the transcript', async () => {
  const server = await serve()
  server.use(pop3.noop(fault.slow(50, { octet: 2 })))
  await server.listen()
  const recording = await new Recording().open({ port: server.port })
  const socket = connect(recording.address)
  await once(socket, 'data')
  expect(await heard(socket, 'NOOP\r\nQUIT\r\n')).toMatch(/^-ERR/)
  expect(recording.text).toMatch(/S: -E\\\n-- (4[5-9]|[5-9]\d|\d{3,}) ms\nS: RR/)
})

test('a flood is passed on at the pace of the slower end', async () => {
  const octets = 8_000_000
  const flood = createServer((socket) => socket.end(Buffer.alloc(octets, `${'x'.repeat(78)}\r\n`)))
  flood.listen(0, '127.0.0.1')
  await once(flood, 'listening')
  cleanUps.push(() => flood.close())
  const address = flood.address()
  const recording = await new Recording().open({ port: typeof address === 'object' ? (address?.port ?? 0) : 0 })
  const socket = connect(recording.address)
  let count = 0
  for await (const chunk of socket) {
    count += (chunk as Buffer).length
    socket.pause()
    setImmediate(() => socket.resume())
  }
  expect(count).toBe(octets)
  const [session] = parseTranscript(await recording.end()).sessions
  const sizes = session?.events.map((event) => (event.type === 'reply' ? event.octets.length : 0)) ?? []
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(octets)
})

test('closing in the middle of a session leaves a transcript that reads', async () => {
  const server = await serve()
  await server.listen()
  const recording = await new Recording().open({ port: server.port }, { addresses: true })
  const socket = connect(recording.address)
  await once(socket, 'data')
  socket.write('USER alice@example.com\r\nPASS wond')
  await once(socket, 'data')
  expect(await recording.end()).toMatch(/C: USER xxxxx@xxxxxxx\.xxx\n[^]*C: PASS \*\*\*\\\n$/)
  socket.destroy()
})
