import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { expect, test } from 'vitest'
import { deliverThrough, fault, pop3, type Pop3Server } from '../index.ts'
import { Talk, aliceServer } from '../testing/talk.ts'

/** A server that sends the answer to NOOP octet by octet. */
function splittingServer(): Pop3Server {
  return aliceServer({
    handlers: [
      pop3.noop(async (_context, next) =>
        deliverThrough(await next(), async function* (steps) {
          for await (const step of steps) {
            if (step.type !== 'write') continue
            for (const octet of step.octets) {
              yield { ...step, octets: Uint8Array.of(octet) }
              yield { type: 'flush' }
            }
          }
        }),
      ),
    ],
  })
}

const octetByOctet = ['+', 'O', 'K', '\r', '\n']

test('a split over TCP is proved by what the client has read', async () => {
  await using server = splittingServer()
  await server.listen()
  const client = await new Talk(connect(server.port, server.host)).login()
  client.chunks.length = 0
  expect(await client.say('NOOP')).toBe('+OK')
  expect(client.chunks).toEqual(octetByOctet)
  expect(server.transcript()).not.toContain('unproved')
  await client.leave()
})

test('a client that is busy is waited for, and the split still holds', async () => {
  await using server = splittingServer()
  await server.listen()
  const client = await new Talk(connect(server.port, server.host)).login()
  client.chunks.length = 0
  const busy = setInterval(() => {
    const until = performance.now() + 3
    while (performance.now() < until);
  }, 1)
  expect(await client.say('NOOP')).toBe('+OK')
  clearInterval(busy)
  expect(client.chunks).toEqual(octetByOctet)
  await client.leave()
})

test.runIf(process.platform === 'linux')(
  'over TLS a split is proved, too, whether Node tells of tls.connect() or not',
  async () => {
    await using server = splittingServer()
    await server.listen({ tls: 'implicit' })
    const ca = await server.certificateAuthority()
    const socket = connectSecurely({ host: 'localhost', port: server.port, ca })
    await once(socket, 'secureConnect')
    const client = await new Talk(socket).login()
    client.chunks.length = 0
    expect(await client.say('NOOP')).toBe('+OK')
    expect(client.chunks).toEqual(octetByOctet)
    expect(server.transcript()).not.toContain('unproved')
    await client.leave()
  },
)

test('of a client that does not read in time the transcript says that nothing is proved, and it is waited for once', async () => {
  await using server = aliceServer({ handlers: [pop3.greeting(fault.chunks(2))] })
  await server.listen()
  const socket = connect(server.port, server.host).pause()
  const unproved = (): number => server.transcript().split('# unproved: ').length - 1
  // With a second for each it would be eleven.
  await expect.poll(unproved, { timeout: 5000 }).toBe(11)
  expect(server.transcript()).toMatch(/S: \+O\\\n# fault: .*\n# unproved: .*\nS: K /)
  socket.destroy()
})
