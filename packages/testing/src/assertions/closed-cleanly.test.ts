import { fault, pop3 } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { aliceServer, login, say, serverAfter } from '../testing/alice.ts'
import { saidBy } from '../testing/expecting.ts'
import { closedCleanly } from './closed-cleanly.ts'

test('QUIT that was acknowledged', async () => {
  const server = await serverAfter(['QUIT'])
  expect(closedCleanly(server).pass).toBe(true)
  expect(closedCleanly(server.sessions[0]).pass).toBe(true)
  expect(saidBy(closedCleanly(server))).toBe('Expected the server not to have ended with QUIT and its acknowledgement')
})

test.each([
  ['is open and has not said QUIT', ['STAT'], []],
  ['said QUIT and was not answered', ['QUIT'], [pop3.quit(fault.withhold())]],
  ['said QUIT and was answered "-ERR busy"', ['QUIT'], [pop3.quit(fault.err('busy'))]],
])('a session that %s', async (flaw, lines, handlers) => {
  const outcome = closedCleanly(await serverAfter(lines, ...handlers))
  expect(outcome.pass).toBe(false)
  expect(saidBy(outcome)).toBe(
    `Expected the server to have ended with QUIT and its acknowledgement\n\nSession 1 ${flaw}`,
  )
})

test('one session of many that was dropped is named; a server without sessions has closed none', async () => {
  const server = await serverAfter(['QUIT'])
  const stream = await say(server, login)
  stream.end()
  await server.clock.advance(0)
  expect(closedCleanly(server).message()).toContain('\n\nSession 2 was closed by the client (end) without QUIT\n\n')
  expect(closedCleanly(aliceServer()).pass).toBe(false)
})
