import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import {
  assertClosedCleanly,
  assertCommittedDeletes,
  assertMessages,
  assertNoOpenSessions,
  assertNotCommittedDeletes,
  assertNotReceivedCommand,
  assertNotRetrieved,
  assertReceivedCommand,
  assertReceivedCommands,
  assertRetrieved,
  assertTranscript,
} from './node.ts'
import { serverAfter } from './testing/alice.ts'
import { run } from './testing/run.ts'

test('assertions pass', async () => {
  const server = await serverAfter(['RETR 1', 'DELE 1', 'QUIT'])
  const maildrop = server.maildrop('alice')
  assertReceivedCommand(server, 'RETR 1')
  assertNotReceivedCommand(server, 'RSET')
  assertReceivedCommands(server, ['RETR 1', 'QUIT'])
  assertCommittedDeletes(maildrop, ['uid-1'])
  assertNotCommittedDeletes(maildrop, ['uid-2'])
  assertMessages(maildrop, ['uid-2', 'uid-3'])
  assertRetrieved(server, [1])
  assertNotRetrieved(server, ['uid-3'])
  assertClosedCleanly(server)
  await assertNoOpenSessions(server)
  assertTranscript(server, '...\nC: DELE 1\n...')
})

test.each<[string, (server: Awaited<ReturnType<typeof serverAfter>>) => unknown]>([
  ['to have received "RSET"', (server) => assertReceivedCommand(server, 'RSET')],
  ['not to have received "RETR 1"', (server) => assertNotReceivedCommand(server, 'RETR 1')],
  [
    'to have received exactly these commands',
    (server) => assertReceivedCommands(server, ['RETR 1'], { exactly: true }),
  ],
  ['to have committed the deletion of a message', (server) => assertCommittedDeletes(server)],
  ['to hold 2 messages', (server) => assertMessages(server.maildrop('alice'), 2)],
  ['to have delivered whole exactly', (server) => assertRetrieved(server, [2])],
  ['not to have delivered whole any message', (server) => assertNotRetrieved(server)],
  ['to have ended with QUIT', (server) => assertClosedCleanly(server)],
  ['to have no open session', (server) => assertNoOpenSessions(server)],
  ['the transcript of the server to match', (server) => assertTranscript(server, 'C: RETR 1')],
])('an assertion fails: %s', async (text, act) => {
  const server = await serverAfter(['RETR 1'])
  await expect((async () => act(server))()).rejects.toMatchObject({
    name: 'AssertionError',
    message: expect.stringContaining(text),
    operator: expect.stringMatching(/^assert/),
  })
})

let output = ''
beforeAll(async () => {
  const flag = '--experimental-strip-types'
  const types = process.allowedNodeEnvironmentFlags.has(flag) ? [flag] : []
  const suite = fileURLToPath(new URL('testing/suites/failing.node.ts', import.meta.url))
  const args = [...types, '--no-warnings', '--conditions=@pop3kit/source', '--test', '--test-reporter=spec', suite]
  output = await run(args, import.meta.dirname)
})
const failureOf = (title: string): string =>
  output
    .split('failing tests:')[1]
    ?.split(/^test at /m)
    .find((part) => part.includes(`✖ ${title}`)) ?? ''

test('a suite of node:test fails where it should', () => {
  expect(output).toContain('pass 1\n')
  expect(output).toContain('fail 5\n')
  expect(output).toContain('cancelled 1\n')
})

test.each([
  ['an assertion fails', ['  > DELE 1     QUIT\n', '    C: RETR 1\n', '  Seed 7\n']],
  ['something else fails', ['+   1', 'The POP3 sessions of this test:\n', '    C: QUIT\n', '  Seed 7\n']],
  ['a fault is left over', ['RETR 2: cut({ octet: 10 })  1         0\n']],
  ['a session is left open', ['1        alice  TRANSACTION  PASS ***\n', 'Session 1 of alice (TRANSACTION, open):\n']],
  ['the time runs out', ['test timed out after 1000ms\n', 'Session 1 of alice (TRANSACTION, open):\n', '  Seed 7']],
  ['a word is thrown', ['a word\n', 'Session 1 of alice (UPDATE, closed):\n', '  Seed 7']],
])('a suite of node:test tells why: %s', (title, texts) => {
  for (const text of texts) expect(failureOf(title).split(text), text).toHaveLength(2)
})
