import { stuff } from '@pop3kit/codec'
import * as fc from 'fast-check'
import { getEventListeners } from 'node:events'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { Duplex, duplexPair } from 'node:stream'
import { expect, test } from 'vitest'
import { Pop3Client } from './client.ts'
import { login, octets, type Script, scriptedServer, text } from './testing/scripted-server.ts'

const auth = { user: 'alice', pass: 'wonderland' }

const session: Script = {
  greeting: '+OK ready\r\n',
  ...login,
  STAT: '+OK 2 320\r\n',
  LIST: '+OK\r\n1 120\r\n2 200\r\n.\r\n',
  'LIST 2': '+OK 2 200\r\n',
  UIDL: '+OK\r\n.\r\n',
  RETR: '+OK 2 octets\r\n..\r\n\r\n...x\r\na.b\r\n.\r\n',
  TOP: '-ERR no\r\n',
  CAPA: '+OK\r\n..hidden\r\nTOP\r\n.\r\n',
  QUIT: '+OK bye\r\n',
}

/** Everything a session gives, as data. */
async function play(cut: (octets: Uint8Array) => readonly Uint8Array[]): Promise<unknown> {
  const { transport } = scriptedServer(session, cut)
  const client = await Pop3Client.connect({ transport, auth })
  const streamed: string[] = []
  for await (const chunk of client.retrStream(2)) streamed.push(text(chunk))
  const results = [
    await client.stat(),
    await client.list(),
    await client.list(2),
    await client.uidl(),
    text(await client.retr(1)),
    streamed.join(''),
    await client.top(1, 0).catch((error: unknown) => error),
    [...(await client.capa())],
  ]
  await client.quit()
  return results
}

const longest = Math.max(...Object.values(session).map((answer) => String(answer).length))

test('R10: every reply means the same octet by octet and when it is split at any place', async () => {
  const whole = await play((octets) => [octets])
  expect(whole).toMatchObject([
    { messages: 2, octets: 320 },
    [{ number: 1 }, { number: 2 }],
    { number: 2, octets: 200 },
    [],
    '.\r\n\r\n..x\r\na.b\r\n',
    '.\r\n\r\n..x\r\na.b\r\n',
    { code: 'POP3_REPLY' },
    [{ tag: '.hidden' }, { tag: 'TOP' }],
  ])
  expect(await play((octets) => Array.from(octets, (octet) => Uint8Array.of(octet)))).toEqual(whole)
  for (let at = 1; at < longest; at += 1) {
    expect(await play((octets) => [octets.subarray(0, at), octets.subarray(at)]), `split at ${at}`).toEqual(whole)
  }
})

test('any octets come out as they are, in any chunks', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 })
  const awkward = fc.array(fc.constantFrom('.', '\r', '\n', '\r\n', '\r\n.', '\r\n..\r\n', 'x', '\u00FF', '\u0000'))
  await fc.assert(
    fc.asyncProperty(awkward, sizes, async (pieces, sizes) => {
      const body = octets(`${pieces.join('')}\r\n`)
      const reply = Buffer.concat([octets('+OK\r\n'), stuff(body), octets('.\r\n')])
      const client = new Pop3Client({ transport: scriptedServer({ RETR: reply }, cutBy(sizes)).transport })
      expect(await client.retr(1)).toEqual(body)
      await client.close()
    }),
    { numRuns: 300, seed: 1 },
  )
})

/** Chunks of these sizes, over and over. */
function cutBy(sizes: readonly number[]): (octets: Uint8Array) => Uint8Array[] {
  return (octets) => {
    const chunks: Uint8Array[] = []
    for (let from = 0, turn = 0; from < octets.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1
      chunks.push(octets.subarray(from, from + size))
      from += size
    }
    return chunks
  }
}

test.each([
  ['a blank line where a reply is due (M11)', '\r\n+OK\r\n'],
  ['"+ERR" (M17)', '+ERR no\r\n'],
  ['lower case (R5)', '+ok\r\n'],
  ['a continuation where none is due', '+ \r\n'],
  ['another protocol (M73)', '220 mx ESMTP\r\n'],
])('%s is a protocol error, and the connection is of no use any more', async (_, reply) => {
  const server = scriptedServer({ NOOP: reply })
  const client = new Pop3Client({ transport: server.transport })
  const error = await client.noop().catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'POP3_PROTOCOL', offset: 11 })
  await expect(client.noop()).rejects.toMatchObject({ code: 'POP3_CLOSED', cause: error })
  expect(server.transport.destroyed).toBe(true)
})

test('a status line without end is a limit error', async () => {
  const { transport } = scriptedServer({ NOOP: '+OK '.padEnd(100_000, 'x') })
  const client = new Pop3Client({ transport })
  await expect(client.noop()).rejects.toMatchObject({ code: 'POP3_LIMIT', limit: 8192 })
})

test.each([
  ['in one chunk', (octets: Uint8Array) => [octets]],
  ['octet by octet', (octets: Uint8Array) => Array.from(octets, (octet) => Uint8Array.of(octet))],
])('M5, M12: a reply with octets behind it that nobody asked for is a protocol error, %s', async (_, cut) => {
  const { transport } = scriptedServer({ RETR: '+OK\r\nab\r\n.\r\ncd\r\n.\r\n' }, cut)
  const client = new Pop3Client({ transport })
  await expect(client.retr(1)).rejects.toMatchObject({ code: 'POP3_PROTOCOL', offset: 23 })
  await expect(client.noop()).rejects.toMatchObject({ code: 'POP3_CLOSED' })
})

test('M5: a stream with octets behind it that nobody asked for throws at its end', async () => {
  const { transport } = scriptedServer({ RETR: '+OK\r\nab\r\n.\r\ncd\r\n' })
  const loop = new Pop3Client({ transport }).retrStream(1)[Symbol.asyncIterator]()
  expect(text((await loop.next()).value ?? octets(''))).toBe('ab\r\n')
  await expect(loop.next()).rejects.toMatchObject({ code: 'POP3_PROTOCOL' })
})

test('octets that nobody asked for and that still lie in the transport are found, too', async () => {
  const transport = new Duplex({
    read() {},
    write(_chunk, _encoding, done) {
      done()
      // The second comes before anybody has looked at the first and makes the transport pause: the third stays in it
      setImmediate(() => ['+OK\r\na', 'b\r\n.\r\n', 'cd\r\n.\r\n'].forEach((chunk) => transport.push(chunk)))
    },
  })
  transport.push('+OK ready\r\n')
  await expect(new Pop3Client({ transport }).retr(1)).rejects.toMatchObject({ code: 'POP3_PROTOCOL', offset: 23 })
})

test('behind a refusal they end the connection, and the refusal stays what it is', async () => {
  const client = new Pop3Client({ transport: scriptedServer({ RSET: '-ERR no\r\n+OK\r\n' }).transport })
  await expect(client.rset()).rejects.toMatchObject({ code: 'POP3_REPLY' })
  await expect(client.noop()).rejects.toMatchObject({ code: 'POP3_CLOSED', cause: { code: 'POP3_PROTOCOL' } })
})

test('R65: a reply that came ahead of its command is not taken for the answer', async () => {
  const server = scriptedServer({ USER: '+OK\r\n+OK logged in\r\n' })
  await expect(Pop3Client.connect({ transport: server.transport, auth })).rejects.toMatchObject({
    code: 'POP3_PROTOCOL',
  })
  expect(server.commands).toEqual(['CAPA', 'USER alice'])
})

test('D12: a line on idle expiry ends the connection, and the next call says what it was', async () => {
  const server = scriptedServer({ NOOP: '+OK\r\n' })
  const client = new Pop3Client({ transport: server.transport })
  await client.noop()
  server.send('-ERR Disconnected for inactivity.\r\n')
  server.close()
  await turnOfTheLoop()
  await expect(client.stat()).rejects.toMatchObject({
    code: 'POP3_CLOSED',
    cause: { code: 'POP3_PROTOCOL', excerpt: '-ERR Disconnected for inactivity.\\r\\n' },
  })
})

test('M67: a reply with the end of stream right behind it is still the reply', async () => {
  const client = new Pop3Client({
    transport: scriptedServer({
      STAT: (end) => {
        end.send('-ERR Server timeout\r\n')
        end.close()
      },
    }).transport,
  })
  await expect(client.stat()).rejects.toMatchObject({ code: 'POP3_REPLY' })
  await turnOfTheLoop()
  await expect(client.stat()).rejects.toMatchObject({
    code: 'POP3_CLOSED',
    cause: { code: 'POP3_CLOSED', phase: 'idle' },
  })
})

test('the signal of a client drops the connection, whatever is going on', async () => {
  const server = scriptedServer({ NOOP: '+OK\r\n' })
  const controller = new AbortController()
  const client = await Pop3Client.connect({ transport: server.transport, signal: controller.signal })
  await client.noop()
  const reason = new Error('shutting down')
  controller.abort(reason)
  expect(server.transport.destroyed).toBe(true)
  await expect(client.noop()).rejects.toMatchObject({ code: 'POP3_CLOSED', cause: reason })
})

const connecting = (): Duplex => Object.assign(scriptedServer().transport, { connecting: true })

test('a transport that does not get connected is an error of that phase', async () => {
  const slow = new Pop3Client({ transport: connecting(), timeout: 20 })
  await expect(slow.noop()).rejects.toMatchObject({ code: 'POP3_TIMEOUT', phase: 'connect' })

  const client = new Pop3Client({ transport: connecting() })
  const noop = client.noop()
  await client.close()
  await expect(noop).rejects.toMatchObject({ code: 'POP3_CLOSED', phase: 'connect' })

  const transport = connecting()
  const refused = new Pop3Client({ transport }).noop()
  const cause = new AggregateError([new Error('connect ECONNREFUSED ::1:110')])
  transport.destroy(cause)
  await expect(refused).rejects.toMatchObject({
    message: 'Cannot connect: no connection to any address',
    phase: 'connect',
    cause,
  })
})

test('a transport that is destroyed without a word is a closed connection', async () => {
  const { transport } = scriptedServer({ STAT: () => transport.destroy() })
  await expect(new Pop3Client({ transport }).stat()).rejects.toMatchObject({ code: 'POP3_CLOSED', phase: 'STAT' })
})

test('a transport that is gone already is a closed connection', async () => {
  const { transport } = scriptedServer()
  transport.destroy()
  await expect(new Pop3Client({ transport }).noop()).rejects.toMatchObject({ code: 'POP3_CLOSED', phase: 'greeting' })
})

test('leaving the loop over a body early drops the connection', async () => {
  const server = scriptedServer({ RETR: '+OK\r\none\r\n.\r\n' })
  const client = new Pop3Client({ transport: server.transport })
  for await (const _ of client.retrStream(1)) break
  expect(server.transport.destroyed).toBe(true)
  await expect(client.noop()).rejects.toMatchObject({ code: 'POP3_CLOSED', cause: { phase: 'RETR', received: 5 } })
})

test('a loop over a body that nobody goes on with holds nothing of the caller when the connection has ended', async () => {
  const { transport } = scriptedServer(session)
  const client = await Pop3Client.connect({ transport, auth })
  const { signal } = new AbortController()
  await client.retrStream(1, { signal })[Symbol.asyncIterator]().next()
  expect(getEventListeners(signal, 'abort')).toHaveLength(1)
  await client.close()
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('the server has to wait for a slow loop: what is under way does not grow with the message', async () => {
  const [transport, server] = duplexPair()
  const chunk = octets('x'.repeat(65_536))
  let sent = 0
  const send = (): void => {
    while (sent < 500 * chunk.length) {
      sent += chunk.length
      if (!server.write(chunk)) return void server.once('drain', send)
    }
    server.write('\r\n.\r\n')
  }
  server.write('+OK ready\r\n')
  server.once('data', () => {
    server.write('+OK\r\n')
    send()
  })
  const client = new Pop3Client({ transport })
  let read = 0
  for await (const piece of client.retrStream(1)) {
    read += piece.length
    await turnOfTheLoop()
    expect(sent - read).toBeLessThan(4 * chunk.length)
  }
  expect(read).toBe(500 * chunk.length + 2)
})
