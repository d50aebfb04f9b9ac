import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { Pop3Client } from './client.ts'
import { login, scriptedListener, silence } from './testing/scripted-server.ts'

const auth = { user: 'alice', pass: 'wonderland' }

test('over TCP a session goes from the greeting to QUIT', async () => {
  await using server = await scriptedListener({ ...login, STAT: '+OK 2 320\r\n', QUIT: '+OK\r\n' })
  const client = await Pop3Client.connect({ ...server, auth })
  expect(await client.stat()).toEqual({ messages: 2, octets: 320 })
  await client.quit()
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
