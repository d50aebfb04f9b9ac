/** Types in Jest with @jest/globals: this file is checked, not run. */
import { expect, test } from '@jest/globals'
import type { Matchers } from 'expect'
import type { Pop3Matchers } from './index.ts'
import { usePop3Server } from './jest-globals.ts'

const server = usePop3Server({ maildrops: { alice: { password: 'wonderland' } }, listen: { tls: 'implicit' } })
// @ts-expect-error -- there is no such option
usePop3Server({ maildrop: {} })

test('types', async () => {
  expect(server).toHaveReceivedCommand('STAT') satisfies void
  expect(server).toHaveReceivedCommands(['USER alice', /RETR \d/], { exactly: true })
  expect(server.maildrop('alice')).not.toHaveCommittedDeletes(['uid-1'])
  expect(server.maildrop('alice')).toHaveMessages([{ uid: 'uid-1', content: 'x' }, /y/, 'z'])
  expect(server.sessions[0]).toHaveRetrieved([1, 'uid-2'])
  await (expect(server).toHaveNoOpenSessions() satisfies Promise<void>)
  expect(server).toHaveClosedCleanly()
  expect(server).toMatchTranscript('...')
  expect([server]).toEqual([expect.toHaveReceivedCommand('STAT')])
  expect([server]).toEqual([expect.not.toHaveRetrieved([1])])
  // @ts-expect-error -- a command is text or a pattern
  expect(server).toHaveReceivedCommand(1)
  // @ts-expect-error -- commands are a list
  expect(server).toHaveReceivedCommands('STAT')
  // @ts-expect-error -- unique-ids are text
  expect(server).toHaveCommittedDeletes([1])
  // @ts-expect-error -- there is no such matcher
  expect(server).toHaveReceivedNothing()
})

/** They are the matchers of the package that @jest/globals has them from. */
export const all = (matchers: Matchers<void>): Pop3Matchers<void> => matchers
