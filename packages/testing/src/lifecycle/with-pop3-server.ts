/** A server for as long as a function runs. */
import type { Pop3Server } from '@pop3kit/server'
import { reportOf, tellSessions } from './failure.ts'
import type { Pop3TestOptions } from './options.ts'
import { abandonServer, finishServer, startServer } from './server-of-test.ts'

/**
 * Gives a function a fresh server that listens, then makes sure that every fault has fired and every client has closed, and closes it.
 * What the function throws tells the transcripts of its sessions. It needs no runner, and suits tests that run side by side.
 *
 * @returns What the function returns.
 * @throws {Pop3PendingFaultsError} When a fault has not fired as often as it was to.
 * @throws {OpenSessionsError} When a client has not closed its connection.
 * @throws {Pop3HandlerError} When a handler, a listener or a lazy message failed.
 *
 * @example A server for one test
 * ```ts
 * import { Pop3Client } from '@pop3kit/client'
 * import { withPop3Server } from '@pop3kit/testing'
 * import assert from 'node:assert/strict'
 *
 * const maildrops = { alice: { password: 'wonderland', messages: ['Subject: hello\r\n\r\nHello, Alice\r\n'] } }
 * const stat = await withPop3Server({ maildrops }, async ({ host, port }) => {
 *   const client = await Pop3Client.connect({ host, port, auth: { user: 'alice', pass: 'wonderland' } })
 *   const totals = await client.stat()
 *   await client.quit()
 *   return totals
 * })
 * assert.deepEqual(stat, { messages: 1, octets: 32 })
 * ```
 */
export async function withPop3Server<Result>(
  options: Pop3TestOptions,
  run: (server: Pop3Server) => Result | Promise<Result>,
): Promise<Result> {
  const server = await startServer(options)
  let result: Result
  try {
    result = await run(server)
  } catch (error) {
    const report = reportOf(server)
    await abandonServer(server)
    throw tellSessions(error, report)
  }
  await finishServer(server)
  return result
}
