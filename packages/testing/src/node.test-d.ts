/** Types in node:test: this file is checked, not run. */
import test from 'node:test'
import { assertCommittedDeletes, assertReceivedCommand, assertReceivedCommands, usePop3Server } from './node.ts'

void test('types', async (context) => {
  const server = await usePop3Server(context, { maildrops: { alice: { password: 'wonderland' } } })
  assertReceivedCommands(server, ['STAT', /RETR \d/], { exactly: true })
  assertCommittedDeletes(server.maildrop('alice'), ['uid-1'])
  // @ts-expect-error -- a maildrop receives no commands
  assertReceivedCommand(server.maildrop('alice'), 'STAT')
  // @ts-expect-error -- unique-ids are text
  assertCommittedDeletes(server, [1])
  // @ts-expect-error -- the context of the test comes first
  await usePop3Server({ maildrops: {} })
})
