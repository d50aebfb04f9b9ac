import { getEventListeners } from 'node:events'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pop3Client } from './client.ts'
import { type Answer, type Script, scriptedServer, type ServerEnd, silence, text } from './testing/scripted-server.ts'

const reason = new Error('given up')

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
})

function connect(script: Script): { server: ReturnType<typeof scriptedServer>; client: Pop3Client } {
  const server = scriptedServer(script)
  return { server, client: new Pop3Client({ transport: server.transport, timeout: '10s' }) }
}

test('a signal that is aborted already rejects the call at once, and nothing is sent', async () => {
  const { server, client } = connect({ NOOP: '+OK\r\n', STAT: '+OK 0 0\r\n' })
  await expect(client.stat({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  await client.noop()
  expect(server.commands).toEqual(['NOOP'])
  await client.close()
})

test('an abort while a call waits for its turn withdraws that call alone', async () => {
  const { server, client } = connect({ NOOP: '+OK\r\n', STAT: '+OK 0 0\r\n', RSET: '+OK\r\n' })
  const controller = new AbortController()
  const calls = [client.noop(), client.stat({ signal: controller.signal }), client.rset()]
  controller.abort(reason)
  expect(await Promise.allSettled(calls)).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason },
    { status: 'fulfilled' },
  ])
  expect(server.commands).toEqual(['NOOP', 'RSET'])
  await client.close()
})

test('an abort when the turn has come and the command is not sent withdraws the call', async () => {
  const { server, client } = connect({ NOOP: '+OK\r\n', STAT: '+OK 0 0\r\n' })
  await client.noop()
  const controller = new AbortController()
  const stat = client.stat({ signal: controller.signal })
  controller.abort(reason)
  await expect(stat).rejects.toBe(reason)
  await client.noop()
  expect(server.commands).toEqual(['NOOP', 'NOOP'])
  await client.close()
})

test('an abort while the greeting is awaited withdraws the call, and the next one reads the greeting', async () => {
  let end: ServerEnd | undefined
  const { server, client } = connect({
    greeting: (given) => {
      end = given
      end.send('+OK re')
    },
    NOOP: '+OK\r\n',
  })
  const controller = new AbortController()
  const stat = client.stat({ signal: controller.signal })
  await turnOfTheLoop()
  controller.abort(reason)
  await expect(stat).rejects.toBe(reason)
  end?.send('ady\r\n')
  await turnOfTheLoop()
  await client.noop()
  expect(client.greeting?.line).toBe('+OK ready')
  expect(server.commands).toEqual(['NOOP'])
  await client.close()
})

const late: Answer = (end) => void setTimeout(() => end.send('+OK\r\n'), 8000)

test('the time a call waits for its turn does not count', async () => {
  const { client } = connect({ NOOP: late, RSET: late })
  const calls = Promise.all([client.noop(), client.rset()])
  await vi.advanceTimersByTimeAsync(8000)
  await turnOfTheLoop()
  await vi.advanceTimersByTimeAsync(8000)
  await calls
  await client.close()
})

test('the time a consumer takes for a chunk does not count', async () => {
  const { client } = connect({
    RETR: (end) => {
      end.send('+OK\r\none\r\n')
      end.send('two\r\n.\r\n')
    },
  })
  let body = ''
  for await (const chunk of client.retrStream(1)) {
    body += text(chunk)
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(3_600_000)
  }
  expect(body).toBe('one\r\ntwo\r\n')
  await client.close()
})

test('a call inside a loop over a body settles, although the loop cannot go on before it does', async () => {
  const { server, client } = connect({ RETR: '+OK\r\none\r\n.\r\n', NOOP: '+OK\r\n' })
  for await (const _ of client.retrStream(1)) {
    const noop = client.noop()
    vi.advanceTimersByTime(10_000)
    await expect(noop).rejects.toMatchObject({ code: 'POP3_TIMEOUT', phase: 'NOOP' })
  }
  await client.noop()
  expect(server.commands).toEqual(['RETR 1', 'NOOP'])
  await client.close()
})

test('so does a call that was made before the loop went away', async () => {
  const { client } = connect({ RETR: '+OK\r\none\r\n.\r\n' })
  const loop = client.retrStream(1)[Symbol.asyncIterator]()
  const chunk = loop.next()
  const noop = client.noop()
  await chunk
  vi.advanceTimersByTime(10_000)
  await expect(noop).rejects.toMatchObject({ code: 'POP3_TIMEOUT', phase: 'NOOP' })
  await client.close()
})

test('behind a loop that goes on a call may wait as long as the server takes', async () => {
  let end: ServerEnd | undefined
  const { client } = connect({
    RETR: (given) => {
      end = given
      end.send('+OK\r\none\r\n')
    },
    NOOP: '+OK\r\n',
  })
  const loop = client.retrStream(1, { timeout: '1h' })[Symbol.asyncIterator]()
  await loop.next()
  const noop = client.noop()
  vi.advanceTimersByTime(9999)
  const rest = loop.next()
  vi.advanceTimersByTime(60_000)
  end?.send('.\r\n')
  expect(await rest).toEqual({ done: true, value: undefined })
  await noop
  await client.close()
})

test('its own time begins when its turn has come', async () => {
  const { client } = connect({ RETR: '+OK\r\none\r\n.\r\n', NOOP: silence })
  const outcome = vi.fn<(error: unknown) => void>()
  for await (const _ of client.retrStream(1)) {
    client.noop().catch(outcome)
    vi.advanceTimersByTime(9999)
  }
  await turnOfTheLoop()
  vi.advanceTimersByTime(9999)
  await turnOfTheLoop()
  expect(outcome).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  await turnOfTheLoop()
  expect(outcome).toHaveBeenCalledWith(expect.objectContaining({ code: 'POP3_TIMEOUT', phase: 'NOOP' }))
})

test('no call leaves a listener on its signal, whether it ends well, is refused or is withdrawn', async () => {
  const { client } = connect({ NOOP: '+OK\r\n' })
  const { signal } = new AbortController()
  await Promise.allSettled([client.noop({ signal }), client.stat({ signal })])
  expect(getEventListeners(signal, 'abort')).toEqual([])
  const withdrawn = new AbortController()
  const calls = Promise.allSettled([client.noop({ signal }), client.noop({ signal: withdrawn.signal })])
  withdrawn.abort(reason)
  await calls
  expect(getEventListeners(withdrawn.signal, 'abort')).toEqual([])
  await client.close()
})

test('when the connection ends under a loop that is away, the calls behind it settle', async () => {
  const { client } = connect({ RETR: '+OK\r\none\r\n.\r\n' })
  const loop = client.retrStream(1)[Symbol.asyncIterator]()
  await loop.next()
  const noop = client.noop()
  await client.close()
  await expect(noop).rejects.toMatchObject({ code: 'POP3_CLOSED', phase: 'NOOP' })
  await expect(loop.next()).rejects.toMatchObject({ code: 'POP3_CLOSED', phase: 'RETR', received: 5 })
})
