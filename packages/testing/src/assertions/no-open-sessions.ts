/** Whether every client has closed its connection. */
import type { Pop3Server, SessionRecord } from '@pop3kit/server'
import { clearTimeout, setTimeout } from 'node:timers'
import { SubjectError } from '../errors.ts'
import { messageOf } from '../text/message.ts'
import { isServer, known } from '../subject.ts'
import type { AssertionOutcome } from './outcome.ts'

/** How long a connection that the client has closed may take until the server has seen it (ms). */
const grace = 250

/** Whether no session is open; one that the client has just closed may take a moment. */
export async function noOpenSessions(subject: unknown): Promise<AssertionOutcome> {
  const about = known('the open sessions', subject, ['server'])
  if (!isServer(subject)) throw new SubjectError('the open sessions', subject, ['server'])
  const open = await openSessions(subject)
  const pass = open.length === 0
  return {
    pass,
    message: () =>
      messageOf(about, {
        headline: pass
          ? `Expected ${about.name} to have an open session`
          : `Expected ${about.name} to have no open session:\n${tableOf(open)}`,
      }),
  }
}

/** The sessions that are open, and still are when every client has had time to close. */
export async function openSessions(server: Pop3Server): Promise<readonly SessionRecord[]> {
  const open = (): readonly SessionRecord[] => server.sessions.filter((session) => session.open)
  if (open().length === 0) return []
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, grace)
    const stopListening = server.on('close', () => {
      if (open().length === 0) done()
    })
    function done(): void {
      clearTimeout(timer)
      stopListening()
      resolve()
    }
  })
  return open()
}

/** Sessions as a table. */
export function tableOf(sessions: readonly SessionRecord[]): string {
  const rows = [
    ['session', 'user', 'state', 'last command'],
    ...sessions.map(({ id, user = '', state, commands }) => [String(id), user, state, commands.at(-1) ?? '']),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n')
}
