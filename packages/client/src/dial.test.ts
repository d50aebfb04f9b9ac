import { createServer } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { Pop3Client } from './client.ts'
import { login, type Script, scriptedListener, scriptedServer, silence } from './testing/scripted-server.ts'

const auth = { user: 'alice', pass: 'wonderland' }

afterEach(() => {
  vi.useRealTimers()
})

test('over TCP a session goes from the greeting to QUIT', async () => {
  await using server = await scriptedListener({ ...login, STAT: '+OK 2 320\r\n', QUIT: '+OK\r\n' })
  const client = await Pop3Client.connect({ ...server, auth })
  expect(await client.stat()).toEqual({ messages: 2, octets: 320 })
  await client.quit()
})

/** Closes when it is asked with CAPA. */
const shy: Script = { ...login, CAPA: (end) => end.close(), STAT: '+OK 0 0\r\n' }

test.each<[does: string, script: Script]>([
  ['closes at CAPA', shy],
  ['resets at CAPA', { ...shy, CAPA: (end) => end.reset() }],
  ['does not answer CAPA', { ...shy, CAPA: () => void vi.advanceTimersByTime(5000) }],
])('M51: when a server %s, another connection logs in without it', async (_, script) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  await using server = await scriptedListener(script)
  await using client = await Pop3Client.connect({ ...server, auth, timeout: '10s' })
  await client.stat()
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  ['a transport cannot be connected again', { transport: scriptedServer(shy).transport, auth }],
  ['a token has nowhere to go', { auth: { user: 'alice', accessToken: 'ya29' } }],
])('M51: it does not where %s', async (_, options) => {
  await using server = await scriptedListener(shy)
  await expect(Pop3Client.connect({ host: server.host, port: server.port, ...options })).rejects.toMatchObject({
    code: 'POP3_CLOSED',
    phase: 'CAPA',
  })
})

test('M51: what happens to the other connection is what the caller learns', async () => {
  await using server = await scriptedListener({ ...shy, PASS: '-ERR [AUTH] wrong\r\n' })
  await expect(Pop3Client.connect({ ...server, auth })).rejects.toMatchObject({
    code: 'POP3_REPLY',
    command: 'PASS ***',
  })
})

test('a port that nobody listens on is Pop3ClosedError, its cause ECONNREFUSED', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => {
    server.close(resolve)
  })
  const port = typeof address === 'object' ? address?.port : undefined
  await expect(Pop3Client.connect({ host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'POP3_CLOSED',
    phase: 'connect',
    cause: { code: 'ECONNREFUSED' },
  })
})

test('R52: a server that reads nothing while it writes, and a client that has sent ahead, do not wait for each other', async () => {
  const message = 'line\r\n'.repeat(20_000)
  const server = createServer((socket) => {
    socket.write('+OK ready\r\n')
    socket.on('data', (octets) => {
      const commands = octets.toString().split('\r\n').slice(0, -1)
      const replies = commands.map((command) =>
        command === 'CAPA' ? '+OK\r\nPIPELINING\r\n.\r\n' : `+OK\r\n${message}.\r\n`,
      )
      socket.pause()
      socket.write(replies.join(''), () => socket.resume())
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const client = await Pop3Client.connect({ host: '127.0.0.1', port })
  await client.capa()
  const messages = await Promise.all(Array.from({ length: 200 }, (_, index) => client.retr(index + 1)))
  expect(new Set(messages.map(({ length }) => length))).toEqual(new Set([message.length]))
  await client.close()
  await new Promise((resolve) => {
    server.close(resolve)
  })
})

test('a reset in mid-message is Pop3ClosedError, its cause ECONNRESET', async () => {
  let reset = (): void => {}
  await using server = await scriptedListener({
    RETR: (end) => {
      end.send('+OK\r\nSubject: cut\r\n')
      reset = () => end.reset()
    },
  })
  const client = await Pop3Client.connect(server)
  const loop = client.retrStream(1)[Symbol.asyncIterator]()
  expect((await loop.next()).value).toHaveLength(14)
  reset()
  await expect(loop.next()).rejects.toMatchObject({
    code: 'POP3_CLOSED',
    phase: 'RETR',
    received: 14,
    cause: { code: 'ECONNRESET' },
  })
})

test('a FIN in mid-message is Pop3ClosedError with the octets that came', async () => {
  await using server = await scriptedListener({
    RETR: (end) => {
      end.send('+OK\r\nSubject: cut\r\n')
      end.close()
    },
  })
  const client = await Pop3Client.connect(server)
  await expect(client.retr(1)).rejects.toMatchObject({ code: 'POP3_CLOSED', phase: 'RETR', received: 14 })
})

test('a server that accepts and is silent is Pop3TimeoutError', async () => {
  await using server = await scriptedListener({ greeting: silence })
  await expect(Pop3Client.connect({ ...server, timeout: 20 })).rejects.toMatchObject({
    code: 'POP3_TIMEOUT',
    phase: 'greeting',
    timeout: 20,
  })
})

test('an abort while connecting rejects with its reason', async () => {
  await using server = await scriptedListener({ greeting: silence })
  const controller = new AbortController()
  const connecting = Pop3Client.connect({ ...server, signal: controller.signal })
  const reason = new Error('given up')
  controller.abort(reason)
  await expect(connecting).rejects.toBe(reason)
  await expect(Pop3Client.connect({ ...server, signal: controller.signal })).rejects.toBe(reason)
})

test.each([
  ['neither host nor transport', {}],
  ['a port that is none', { host: '127.0.0.1', port: 65_536 }],
  ['a time limit that is none', { host: '127.0.0.1', timeout: -1 }],
])('%s is refused before anything is dialled', async (_, options) => {
  await expect(Pop3Client.connect(options)).rejects.toMatchObject({ code: 'POP3_ARGUMENT' })
})
