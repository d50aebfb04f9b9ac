import { fileURLToPath } from 'node:url'
import { beforeAll, describe, test as plain } from 'vitest'
import { login, maildrops, say } from './testing/alice.ts'
import { run } from './testing/run.ts'
import { expect, test } from './vitest.ts'

describe('the fixture', () => {
  test.override('serverOptions', { maildrops, clock: 'virtual' })
  test('is a fresh server that listens', async ({ server }) => {
    expect(server.url).toMatch(/^pop:/)
    await say(server, [...login, 'DELE 1', 'QUIT'])
    expect(server.maildrop('alice')).toHaveCommittedDeletes(['uid-1'])
    expect(server.maildrop('alice')).toHaveMessages(['uid-2', 'uid-3'])
  })

  test('is another one in the next test', ({ server }) => {
    expect(server.sessions).toEqual([])
    expect(server.maildrop('alice')).toHaveMessages(3)
  })

  test('has matchers that can be turned round', async ({ server }) => {
    await say(server, [...login, 'RETR 1', 'DELE 1', 'QUIT'])
    const [session] = server.sessions
    expect(session).not.toHaveReceivedCommand('RSET')
    expect(session).not.toHaveReceivedCommands(['DELE 1', 'RETR 1'])
    expect(session).not.toHaveCommittedDeletes(['uid-2', 'uid-3'])
    expect(session).not.toHaveRetrieved(['uid-2'])
    expect(() => expect(session).not.toHaveRetrieved(['uid-1', 'uid-2'])).toThrow('not to have delivered whole any of')
    expect(session).toHaveClosedCleanly()
    expect(session).not.toMatchTranscript('...\nC: RSET\n...')
    await expect(server).toHaveNoOpenSessions()
  })

  test('goes into a snapshot as its transcript', async ({ server }) => {
    await say(server, ['NOOP', 'QUIT'])
    expect(server).toMatchInlineSnapshot(`
      S: +OK POP3 server ready
      C: NOOP
      S: -ERR NOOP is not valid in this state
      C: QUIT
      S: +OK bye
      # closed by the server (quit)
    `)
  })
})

describe('a suite that fails', () => {
  let output = ''
  beforeAll(async () => {
    const vitest = new URL('../node_modules/vitest/vitest.mjs', import.meta.url)
    const config = new URL('testing/suites/vitest.config.ts', import.meta.url)
    const suite = new URL('testing/suites/failing.vitest.ts', import.meta.url)
    const [program = '', ...files] = [vitest, config, suite].map((url) => fileURLToPath(url))
    output = await run([program, 'run', '--reporter', 'default', '--config', ...files], import.meta.dirname)
  })
  const failureOf = (title: string): string =>
    output.split(/ FAIL {2}failing\.vitest\.ts > /).find((part) => part.startsWith(title)) ?? ''
  const transcript = `Session 1 of alice (UPDATE, closed):
  S: +OK POP3 server ready
  C: USER alice
  S: +OK send PASS
  C: PASS ***
  S: +OK maildrop has 3 messages (91 octets)
  C: RETR 1
  S: +OK 29 octets
  S: Subject: one
  S:
  S: This is one
  S: .
  C: QUIT
  S: +OK bye, 3 messages left
  # closed by the server (quit)

Seed 7
`

  plain('fails where it should, and nowhere else', () => {
    expect(output).toContain('8 failed | 4 passed | 1 expected fail (13)')
  })

  plain('tells the transcript once when a matcher fails', () => {
    expect(failureOf('a matcher fails').split(transcript)).toHaveLength(2)
    expect(failureOf('a matcher fails')).toContain('  > DELE 1     QUIT\n')
  })

  plain.each(['something else fails', 'fails and is retried'])('tells the transcript once: %s', (title) => {
    expect(failureOf(title).split(`\n\nThe POP3 sessions of this test:\n\n${transcript}`)).toHaveLength(2)
  })

  plain.each([
    ['a fault is left over', '  RETR 2: cut({ octet: 10 })  1         0\n'],
    ['a session is left open', '  1        alice  TRANSACTION  PASS ***\n'],
    ['a session is left open', 'The POP3 sessions of this test:\n\nSession 1 of alice (TRANSACTION, open):\n'],
    ['a handler throws', '  # error: Error: a slip of the pen\n'],
    ['takes too long', 'Session 1 of alice (TRANSACTION, open):\n'],
  ])('fails because %s', (title, text) => {
    expect(failureOf(title)).toContain(text)
  })

  plain('tells of a test beside others its own sessions only', () => {
    const failure = failureOf('side by side > test 2')
    expect(failure).toContain('C: RETR 2\n')
    expect(failure).not.toMatch(/C: RETR [13]|Session 2/)
  })
})
