import { type Pop3Server, fault, pop3, reply, setupPop3Server } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { formatTranscript, parseTranscript, replayTranscript } from './index.ts'

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
# handler: CAPA
S: +OK what I can
S: TOP
S: .
C: QUIT
# handler: QUIT
S: +OK\\
# fault: slow('2s', { octet: 3 })
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

test('a reset is told from a close, and pieces stay apart though a fault is told between them', async () => {
  const server = serve()
  server.use(pop3.noop(fault.split({ octet: 2 })), pop3.stat(fault.reset({ octet: 4 })))
  const text = await textOf(server, 'USER alice\r\nPASS wonderland\r\nNOOP\r\nSTAT\r\n')
  expect(text.split(/^(?=C: NOOP)/m)[1]).toBe(`C: NOOP
# handler: NOOP
S: +O\\
# fault: split({ octet: 2 })
--
S: K
C: STAT
# handler: STAT
S: +OK\\x20\\
# fault: reset({ octet: 4 })
-- S resets
`)
  expect(parseTranscript(text).sessions[0]?.events.at(-1)).toEqual({ type: 'end', by: 'server', how: 'reset' })
})

test('a long reply is served again, octet by octet, when all of it was kept', async () => {
  const server = setupPop3Server({
    clock: 'virtual',
    limits: { recordedOctets: Infinity },
    maildrops: { alice: { password: 'wonderland', messages: [message] } },
  })
  const text = await textOf(server, 'USER alice\r\nPASS wonderland\r\nRETR 1\r\n')
  const again = setupPop3Server({ ...replayTranscript(parseTranscript(text)), clock: 'virtual' })
  const peer = again.connect()
  let heard = ''
  peer.on('data', (octets: Buffer) => (heard += octets.toString('latin1')))
  peer.write('USER alice\r\nPASS wonderland\r\nRETR 1\r\n')
  await again.clock.advance(0)
  expect(heard).toContain(`${message}.\r\n`)
  await again.close()
})

test('no session is no text', () => {
  expect(formatTranscript([])).toBe('')
})
