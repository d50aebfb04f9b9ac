/** The transcripts of sessions as a failing test shows them: long replies are shortened, and of a long session the end is shown. */
import type { SessionRecord } from '@pop3kit/server'
import { stableTranscript } from './stable-transcript.ts'

/** Lines in a row of the server's that are shown: the first and the last of them. */
const run = { first: 4, last: 2 }

/** Lines of a session that are shown, from its end. */
const longestSession = 60

/** Sessions that are shown, from the last one. */
const mostSessions = 5

/** The sessions, each under a line that says whose it was and how it ended. */
export function excerptOf(sessions: readonly SessionRecord[]): string {
  if (sessions.length === 0) return 'No session: no client has connected'
  const left = sessions.length - mostSessions
  return [
    ...(left > 0 ? [`${left} sessions before`] : []),
    ...sessions.slice(-mostSessions).map((session) => `${titleOf(session)}:\n${linesOf(session).join('\n')}`),
  ].join('\n\n')
}

/** `Session 1 of alice (TRANSACTION, open)`. */
function titleOf({ id, user, state, open }: SessionRecord): string {
  return `Session ${id}${user === undefined ? '' : ` of ${user}`} (${state}, ${open ? 'open' : 'closed'})`
}

function linesOf(session: SessionRecord): string[] {
  const lines = shortened(stableTranscript(session).split('\n'))
  const left = lines.length - longestSession
  return (left > 0 ? [`... ${left} lines before`, ...lines.slice(left)] : lines).map((line) => `  ${line}`.trimEnd())
}

/** The middle of a long reply is left out. */
function shortened(lines: readonly string[]): string[] {
  const shown: string[] = []
  for (let start = 0; start < lines.length;) {
    const length = lines.slice(start).findIndex((line) => !line.startsWith('S:'))
    const end = length === -1 ? lines.length : start + Math.max(1, length)
    const left = end - start - run.first - run.last
    if (left > 1) {
      shown.push(...lines.slice(start, start + run.first), `... ${left} lines`, ...lines.slice(end - run.last, end))
    } else {
      shown.push(...lines.slice(start, end))
    }
    start = end
  }
  return shown
}
