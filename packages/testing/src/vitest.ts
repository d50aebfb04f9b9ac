/** Vitest: `test` with a server of its own for each test, and `expect` with the matchers. @packageDocumentation */
import type { Pop3Server } from '@pop3kit/server'
import { type TestAPI, test as base, expect } from 'vitest'
import { reportOf, tellSessions } from './lifecycle/failure.ts'
import type { Pop3TestOptions } from './lifecycle/options.ts'
import { abandonServer, finishServer, startServer } from './lifecycle/server-of-test.ts'
import { type Pop3Matchers, pop3Matchers } from './matchers.ts'
import { transcriptSerializer } from './serializer.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-unused-vars -- every declaration of an interface has the same type parameters
  interface Matchers<R extends void | Promise<void>, T> extends Pop3Matchers<R> {}
}

expect.extend(pop3Matchers)
expect.addSnapshotSerializer(transcriptSerializer)

/** What a test may take from its context. */
export interface Pop3Fixtures {
  /** What the server of each test is set up with: `test.override('serverOptions', { maildrops })` for a file or a `describe`. */
  serverOptions: Pop3TestOptions
  /** A fresh server that listens; closed and checked behind the test. */
  server: Pop3Server
}

/**
 * The `test` of Vitest with a fixture `server`: a fresh server for each test that takes it, listening. Behind the test it is closed, and
 * the test fails if a fault has not fired or a client has not closed. A failure tells the transcripts of the sessions.
 *
 * @example Delete what was stored
 * ```ts
 * import { Pop3Client } from '@pop3kit/client' // your own ingestion stands here
 * import { expect, test as base } from '@pop3kit/testing/vitest'
 *
 * const test = base.override('serverOptions', {
 *   maildrops: { alice: { password: 'wonderland', messages: [{ uid: 'uid-1', content: 'Subject: one\r\n\r\nfirst\r\n' }] } },
 * })
 *
 * test('what is stored is deleted', async ({ server }) => {
 *   const auth = { user: 'alice', pass: 'wonderland' }
 *   const client = await Pop3Client.connect({ host: server.host, port: server.port, auth })
 *   for await (const message of client.messages()) {
 *     await message.bytes()
 *     message.markDeleted()
 *   }
 *   await client.quit()
 *   expect(server).toHaveReceivedCommands(['RETR 1', 'DELE 1', 'QUIT'])
 *   expect(server.maildrop('alice')).toHaveCommittedDeletes(['uid-1'])
 * })
 * ```
 */
export const test: TestAPI<Pop3Fixtures> = base.extend<Pop3Fixtures>({
  serverOptions: {},
  server: async ({ serverOptions, task }, use) => {
    const server = await startServer(serverOptions)
    // Of a test that is run again, the errors of the run before are still there.
    const before = task.result?.errors?.length ?? 0
    await use(server)
    const errors = task.result?.errors?.slice(before) ?? []
    if (errors.length === 0) return finishServer(server)
    const report = reportOf(server)
    for (const error of errors) tellSessions(error, report)
    await abandonServer(server)
  },
})

export { expect }
export { fault, pop3, reply } from '@pop3kit/server'
