import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { type Pop3Server, setupPop3Server } from '../index.ts'
import { Talk } from '../testing/talk.ts'

const pieceOctets = 65_536
const pieces = 1600 // 100 MiB

const piece = new TextEncoder().encode(`${'x'.repeat(1022)}\r\n`.repeat(pieceOctets / 1024))

function serverOf100MiB(onPiece: () => void): Pop3Server {
  const content = function* (): Generator<Uint8Array> {
    for (let count = 0; count < pieces; count += 1) {
      onPiece()
      yield piece
    }
  }
  return setupPop3Server({
    maildrops: { alice: { password: 'wonderland', messages: [{ content, octets: pieces * pieceOctets }] } },
  })
}

const transports: Record<string, (server: Pop3Server) => Promise<Duplex>> = {
  async TCP(server) {
    await server.listen()
    return connect(server.port, server.host)
  },
  memory: (server) => Promise.resolve(server.connect()),
}

test.each(Object.entries(transports))(
  'a message of 100 MiB is read no faster than a client over %s reads it',
  async (_name, open) => {
    let read = 0
    await using server = serverOf100MiB(() => {
      read += 1
    })
    const stream = await open(server)
    await new Talk(stream).login()
    stream.removeAllListeners('data')

    let received = 0
    let furthestAhead = 0
    const hash = createHash('sha256')
    const status = `+OK ${pieces * pieceOctets} octets\r\n`
    const total = status.length + pieces * pieceOctets + '.\r\n'.length
    stream.write('RETR 1\r\n')
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      received += chunk.length
      furthestAhead = Math.max(furthestAhead, read * pieceOctets - received)
      hash.update(chunk)
      if (received >= total) break
    }
    const expected = createHash('sha256').update(status)
    for (let count = 0; count < pieces; count += 1) expected.update(piece)
    expect(hash.digest('hex')).toBe(expected.update('.\r\n').digest('hex'))
    // What is ahead lies in socket buffers; it has nothing to do with the size of the message.
    expect(furthestAhead).toBeLessThan(16 * 1024 * 1024)
  },
)

test.each([
  ['its going away', (stream: Duplex) => void stream.destroy()],
  ['the end of the server', () => {}],
])('a client that does not read stops the message, and %s lets go of the source', async (_name, leave) => {
  let read = 0
  let released = false
  const content = function* (): Generator<Uint8Array> {
    try {
      for (;;) {
        read += 1
        yield piece
      }
    } finally {
      released = true
    }
  }
  const server = setupPop3Server({
    clock: 'virtual',
    maildrops: { alice: { password: 'wonderland', messages: [{ content, octets: 1 }] } },
  })
  const stream = server.connect()
  await new Talk(stream).login()
  stream.removeAllListeners('data')
  stream.pause()
  stream.write('RETR 1\r\n')
  await server.clock.advance(0)
  expect(read).toBeLessThan(10)
  leave(stream)
  await server.close()
  expect(released).toBe(true)
})

test('octets of a large message are not copied: what is sent is a view of it', async () => {
  const content = new TextEncoder().encode(`${'x'.repeat(200_000)}\r\n`)
  const server = setupPop3Server({ maildrops: { alice: { password: 'wonderland', messages: [content] } } })
  const sent: Uint8Array[] = []
  server.on('sent', ({ octets }) => sent.push(octets))
  await (await new Talk(server.connect()).login()).ask('RETR 1')
  expect(sent.some((octets) => octets.buffer === content.buffer)).toBe(true)
  await server.close()
})
