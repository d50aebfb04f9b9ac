import { type Pop3Server, fault, pop3, reply, setupPop3Server } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { formatTranscript } from './index.ts'

const message = `Subject: long\r\n\r\n${`${'x'.repeat(98)}\r\n`.repeat(200)}`

const serve = (): Pop3Server =>
  setupPop3Server({ clock: 'virtual', maildrops: { alice: { password: 'wonderland', messages: [message] } } })

/** What is written of a client that says all this at once and is gone after a time. */
async function textOf(server: Pop3Server, typed: string, time: string | number = 0): Promise<string> {
  const peer = server.connect()
  peer.on('error', () => {}).resume()
  peer.write(typed)
  await server.clock.advance(time)
  peer.destroy()
  await server.close()
  return formatTranscript(server.sessions)
}

test('pauses and pieces that faults made are there', async () => {
  const server = serve()
  server.use(
    pop3.capa(() => reply.ok('what I can', { lines: ['TOP'] })),
    pop3.quit(fault.slow('2s', { octet: 3 })),
  )
  expect(await textOf(server, 'CAPA\r\nQUIT\r\n', '3s')).toBe(`== session 1
S: +OK POP3 server ready
C: CAPA
S: +OK what I can
S: TOP
S: .
C: QUIT
S: +OK\\
-- 2000 ms
S:  bye
-- S closes
`)
})

test('the time that a client takes is a pause, and the end of one that goes is its own', async () => {
  const server = serve()
  const peer = server.connect().resume()
  await server.clock.advance('5s')
  peer.write('NOOP\r\n')
  await server.clock.advance('9ms')
  peer.end()
  await server.clock.advance(0)
  await server.close()
  expect(formatTranscript(server.sessions)).toBe(`== session 1
S: +OK POP3 server ready
-- 5000 ms
C: NOOP
S: -ERR NOOP is not valid in this state
-- C closes
`)
})

test('a line that was never ended, and octets that were not kept, are told', async () => {
  const text = await textOf(serve(), 'USER alice\r\nPASS wonderland\r\nRETR 1\r\nPASS wonder')
  expect(text).toMatch(/^-- \d+ octets omitted\nC: PASS \*\*\*\\\n-- . \w+\n$/m)
  expect(text).not.toContain('wonder')
})

test('no session is no text', () => {
  expect(formatTranscript([])).toBe('')
})
