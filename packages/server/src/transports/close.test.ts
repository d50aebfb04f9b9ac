import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
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
