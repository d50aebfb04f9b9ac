/** The life of a server in a test: it listens before, and is checked and closed behind. */
import { type Pop3Server, setupPop3Server } from '@pop3kit/server'
import { openSessions, tableOf } from '../assertions/no-open-sessions.ts'
import { OpenSessionsError } from '../errors.ts'
import { reportOf, tellSessions } from './failure.ts'
import type { Pop3TestOptions } from './options.ts'

/** A server that listens. */
export function startServer({ listen, ...options }: Pop3TestOptions): Promise<Pop3Server> {
  return setupPop3Server(options).listen(listen)
}

/**
 * Makes sure that a test has left nothing behind.
 *
 * @throws {Pop3PendingFaultsError} When a fault has not fired as often as it was to.
 * @throws {OpenSessionsError} When a client has not closed its connection.
 */
export async function checkServer(server: Pop3Server): Promise<void> {
  const open = await openSessions(server)
  await telling(server, () => {
    server.assertNoPendingFaults()
    if (open.length === 0) return
    const which = open.length === 1 ? 'a session that is' : `${open.length} sessions that are`
    throw new OpenSessionsError(`Cannot pass over ${which} still open:\n${tableOf(open)}`)
  })
}

/** Does something with a server; an error tells the sessions that there were before. */
export async function telling(server: Pop3Server, act: () => void | Promise<void>): Promise<void> {
  const report = reportOf(server)
  try {
    await act()
  } catch (error) {
    throw tellSessions(error, report)
  }
}

/** Checks and closes. */
export async function finishServer(server: Pop3Server): Promise<void> {
  try {
    await checkServer(server)
  } catch (error) {
    await abandonServer(server)
    throw error
  }
  await telling(server, () => server.close())
}

/** Closes the server of a test that has failed: what handlers threw is in the transcript. */
export async function abandonServer(server: Pop3Server): Promise<void> {
  await server.close().catch(() => undefined)
}
