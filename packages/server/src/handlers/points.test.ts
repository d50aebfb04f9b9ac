import { expect, test } from 'vitest'
import { type HandlerContext, type Next, deliverThrough, pop3, reply } from '../index.ts'
import { aliceServer, talk } from '../testing/talk.ts'

test('R1: one positive greeting, when nobody interferes', async () => {
  const client = talk(aliceServer())
  expect(await client.say()).toBe('+OK POP3 server ready')
})

test('M54: the greeting can be refused', async () => {
  const server = aliceServer()
  server.use(pop3.greeting(() => reply.err('Busy - please try later')))
  expect(await talk(server).say()).toBe('-ERR Busy - please try later')
})

test('connection: closed before the greeting', async () => {
  const server = aliceServer()
  server.use(pop3.connection(() => reply.close()))
  expect(await talk(server).rest()).toBe('')
  expect(server.sessions[0]?.transcript()).toBe('# handler: connection\n# closed by the server (handler)\n')
})

test('M64: accepted and silent, and the connection stays open until the client goes', async () => {
  const server = aliceServer()
  server.use(pop3.connection(() => reply.stall()))
  const client = talk(server)
  client.send('USER alice\r\n')
  await client.leave()
  expect(client.chunks).toEqual([])
})

test('idle: what is said to a client that was silent too long', async () => {
  const server = aliceServer({ clock: 'virtual' })
  server.use(
    pop3.idle(() =>
      deliverThrough(reply.err('idle for too long'), async function* (steps) {
        yield* steps
        yield { type: 'close' }
      }),
    ),
  )
  const client = await talk(server).login()
  await server.clock.advance('10m')
  expect(await client.rest()).toBe('-ERR idle for too long\r\n')
})

test('close: a handler can reset behind QUIT', async () => {
  const server = aliceServer()
  server.use(pop3.close(() => reply.reset()))
  const client = talk(server)
  const failure = new Promise<unknown>((resolve) => client.stream.once('error', resolve))
  await client.say()
  await client.say('QUIT')
  expect(await failure).toMatchObject({ code: 'ECONNRESET' })
})

test('close: a handler can keep the connection open behind QUIT', async () => {
  const server = aliceServer()
  server.use(pop3.close(() => reply.none()))
  const client = talk(server)
  await client.say()
  await client.say('QUIT')
  expect(await client.say('NOOP')).toBe('-ERR NOOP is not valid in this state')
  await client.leave()
})

test.each([
  ["in the server's stead", () => reply.err('no')],
  [
    'instead of a challenge',
    async (_context: HandlerContext, next: Next) => {
      await next()
      return reply.err('no')
    },
  ],
])('R78: behind a response that a handler refuses %s lines are commands again', async (_how, refuses) => {
  const server = aliceServer()
  server.use(pop3.response(refuses, { once: true }))
  const client = talk(server)
  await client.say()
  expect(await client.say('AUTH LOGIN')).toBe('+ VXNlcm5hbWU6')
  expect(await client.say('YWxpY2U=')).toBe('-ERR no')
  expect(await client.say('USER alice')).toBe('+OK send PASS')
  expect(server.sessions[0]?.commands).toEqual(['AUTH LOGIN', 'USER alice'])
})
