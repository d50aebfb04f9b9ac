import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { peerHasRead } from './proc-net-tcp.ts'

/** Both ends of a connection, the client's not reading. */
async function ends(
  listenOn: string,
  connectTo: string,
): Promise<{ server: Socket; client: Socket; readonly close: () => void }> {
  const listener = createServer({ noDelay: true })
  listener.listen(0, listenOn)
  await once(listener, 'listening')
  const accepted = once(listener, 'connection') as Promise<[Socket]>
  const client = connect((listener.address() as AddressInfo).port, connectTo)
  client.pause()
  const [server] = await accepted
  const close = (): void => {
    client.destroy()
    server.destroy()
    listener.close()
  }
  return { server, client, close }
}

/** The kernel may acknowledge late. */
const becomesRead = (server: Socket): Promise<void> =>
  expect.poll(() => peerHasRead(server), { timeout: 1000, interval: 1 }).toBe(true)

test.runIf(process.platform === 'linux').each([
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '::1'],
  ['::', '127.0.0.1'],
])('on %s, reached as %s: what was written is unread until the peer reads it', async (listenOn, connectTo) => {
  const { server, client, close } = await ends(listenOn, connectTo)
  await becomesRead(server)
  server.write('+OK\r\n')
  expect(await peerHasRead(server)).toBe(false)
  expect(await peerHasRead(server)).toBe(false)
  client.resume()
  await becomesRead(server)
  close()
})

test.runIf(process.platform === 'linux')('a peer that is gone is not taken for one that has read', async () => {
  const { server, client, close } = await ends('127.0.0.1', '127.0.0.1')
  server.on('error', () => {})
  client.destroy()
  await once(client, 'close')
  expect(await peerHasRead(server)).toBe(undefined)
  close()
})
