import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Pop3Client } from './client.ts'
import { scriptedServer } from './testing/scripted-server.ts'

const unhandled = vi.fn<(reason: unknown) => void>()

beforeEach(() => {
  unhandled.mockClear()
  process.on('unhandledRejection', unhandled)
})

afterEach(() => {
  process.off('unhandledRejection', unhandled)
})

test('calls that fail and that nobody awaits make no unhandled rejection', async () => {
  const { transport } = scriptedServer({ greeting: '-ERR busy\r\n' })
  const client = new Pop3Client({ transport })
  void client.login({ user: 'a', pass: 'b' })
  void client.capa()
  void client.stat()
  void client.list()
  void client.uidl(1)
  void client.retr(1)
  void client.retr(0)
  void client.top(1, 0)
  void client.dele(1)
  void client.noop()
  void client.rset()
  void client.retrStream(1)[Symbol.asyncIterator]().next()
  void client.messages()[Symbol.asyncIterator]().next()
  void client.quit()
  void Pop3Client.connect({})
  await turnOfTheLoop()
  await turnOfTheLoop()
  await expect(client.noop()).rejects.toMatchObject({ code: 'POP3_CLOSED' })
  expect(unhandled).not.toHaveBeenCalled()
})

test('neither does a loop that is given up while a chunk is awaited', async () => {
  const { transport } = scriptedServer({ RETR: '+OK\r\n' })
  const client = new Pop3Client({ transport })
  const loop = client.retrStream(1)[Symbol.asyncIterator]()
  void loop.next()
  void loop.return?.()
  await turnOfTheLoop()
  await client.close()
  await turnOfTheLoop()
  expect(unhandled).not.toHaveBeenCalled()
})
