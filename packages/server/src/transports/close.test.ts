import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { pop3, reply } from '../index.ts'
import { Talk, aliceServer } from '../testing/talk.ts'

test('a client that goes on talking behind QUIT hears the answer, and no reset', async () => {
  await using server = aliceServer()
  await server.listen()
  const socket = connect(server.port, server.host)
  const client = await new Talk(socket).login()
  client.send(`QUIT\r\n${'NOOP\r\n'.repeat(1_000_000)}`)
  // Rejects when the client is reset.
  await once(socket, 'close')
  expect(await client.rest()).toBe('+OK bye, 2 messages left\r\n')
})

test('close() while a reset waits for a client that does not read closes that connection', async () => {
  const server = aliceServer({ handlers: [pop3.stat(() => reply.reset())] })
  await server.listen()
  const socket = connect(server.port, server.host)
  const client = await new Talk(socket).login()
  socket.pause()
  const closed = new Promise((resolve) => void server.on('close', resolve))
  client.send('STAT\r\n')
  await closed
  await server.close()
  socket.resume()
  await client.rest()
})
