import { expect, test } from 'vitest'
import { aliceServer, login, say } from '../testing/alice.ts'
import { noOpenSessions } from './no-open-sessions.ts'

test('a client that has just closed is waited for', async () => {
  const server = aliceServer()
  const stream = await say(server, login)
  setImmediate(() => setImmediate(() => stream.end()))
  const outcome = await noOpenSessions(server)
  expect(outcome.pass).toBe(true)
  expect(outcome.message()).toContain('Expected the server to have an open session\n\n')
})

test('one that stays is told in a table', async () => {
  const server = aliceServer()
  await say(server, [...login, 'RETR 1'])
  await say(server, ['NOOP'])
  const outcome = await noOpenSessions(server)
  expect(outcome.pass).toBe(false)
  expect(outcome.message()).toContain(`Expected the server to have no open session:
  session  user   state          last command
  1        alice  TRANSACTION    RETR 1
  2               AUTHORIZATION  NOOP

Session 1 of alice (TRANSACTION, open):
`)
})
