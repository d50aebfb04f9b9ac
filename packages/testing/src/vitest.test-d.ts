/** Types in Vitest: this file is checked, not run. */
import type { Pop3Server } from '@pop3kit/server'
import { expect as plainExpect } from 'vitest'
import { expect, test } from './vitest.ts'

test.override('serverOptions', { maildrops: { alice: { password: 'wonderland' } }, listen: { tls: 'implicit' } })
// @ts-expect-error -- there is no such option
test.override('serverOptions', { maildrop: {} })

test('types', async ({ server, expect: own }) => {
  const typed: Pop3Server = server
  expect(typed).toHaveReceivedCommand('STAT') satisfies void
  expect(server).toHaveReceivedCommands(['USER alice', /RETR \d/], { exactly: true })
  expect(server.maildrop('alice')).not.toHaveCommittedDeletes(['uid-1'])
  expect(server.maildrop('alice')).toHaveMessages([{ uid: 'uid-1', content: 'x' }, /y/, 'z'])
  expect(server.sessions[0]).toHaveRetrieved([1, 'uid-2'])
  await (expect(server).toHaveNoOpenSessions() satisfies Promise<void>)
  own(server).toHaveClosedCleanly()
  plainExpect(server).toMatchTranscript('...')
  // @ts-expect-error -- a command is text or a pattern
  expect(server).toHaveReceivedCommand(1)
  // @ts-expect-error -- commands are a list
  expect(server).toHaveReceivedCommands('STAT')
  // @ts-expect-error -- unique-ids are text
  expect(server).toHaveCommittedDeletes([1])
  // @ts-expect-error -- there is no such matcher
  expect(server).toHaveReceivedNothing()
})
