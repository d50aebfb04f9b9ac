/** node:test: assertion functions, and a server for each test. @packageDocumentation */
import type { Pop3Server } from '@pop3kit/server'
import { reportOf, tellSessions } from './lifecycle/failure.ts'
import type { Pop3TestOptions } from './lifecycle/options.ts'
import { abandonServer, finishServer, startServer } from './lifecycle/server-of-test.ts'

export * from './node-assertions.ts'
export { fault, pop3, reply } from '@pop3kit/server'

/** What is needed of the context of a test: that of node:test has it. */
export interface TestContextOfNode {
  /** Adds a function that is called behind the test. */
  after(hook: () => Promise<void>): void
  /** Whether the test has passed, known behind it. */
  readonly passed?: boolean
  /** Why it has not: the error that was thrown is its cause. */
  readonly error?: Error | null
}

/**
 * A fresh server for this test, listening. Behind the test it is closed, and the test fails if a fault has not fired or a client has not
 * closed. A failure tells the transcripts of the sessions.
 *
 * @param context - what node:test hands to the test
 *
 * @example Delete what was stored
 * ```ts
 * import { Pop3Client } from '@pop3kit/client' // your own ingestion stands here
 * import { assertCommittedDeletes, assertReceivedCommands, usePop3Server } from '@pop3kit/testing/node'
 * import assert from 'node:assert/strict'
 * import test from 'node:test'
 *
 * test('what is stored is deleted', async (context) => {
 *   const server = await usePop3Server(context, {
 *     maildrops: { alice: { password: 'wonderland', messages: [{ uid: 'uid-1', content: 'Subject: one\r\n\r\nfirst\r\n' }] } },
 *   })
 *   const auth = { user: 'alice', pass: 'wonderland' }
 *   const client = await Pop3Client.connect({ host: server.host, port: server.port, auth })
 *   for await (const message of client.messages()) {
 *     assert.equal(message.uidl, 'uid-1')
 *     await message.bytes()
 *     message.markDeleted()
 *   }
 *   await client.quit()
 *   assertReceivedCommands(server, ['RETR 1', 'DELE 1', 'QUIT'])
 *   assertCommittedDeletes(server.maildrop('alice'), ['uid-1'])
 * })
 * ```
 */
export async function usePop3Server(context: TestContextOfNode, options: Pop3TestOptions = {}): Promise<Pop3Server> {
  const server = await startServer(options)
  context.after(() => {
    const { error, passed = true } = context
    if (passed) return finishServer(server)
    tellSessions(causeOf(error), reportOf(server))
    return abandonServer(server)
  })
  return server
}

/** What was thrown. That the time ran out is no error but text, and so is a word that was thrown: text cannot tell anything besides. */
function causeOf(error: Error | null | undefined): unknown {
  if (typeof error?.cause === 'string') error.cause = Object.assign(new Error(error.cause), { stack: error.cause })
  return error?.cause ?? error
}
