/** What UPDATE removed (RFC 1939 section 6): DELE marks, and only the QUIT behind it removes. */
import type { SessionRecord } from '@pop3kit/server'
import { checkList, isText } from '../expectation.ts'
import { known } from '../subject.ts'
import type { AssertionOutcome, Negation } from './outcome.ts'
import { setOutcome } from './set-outcome.ts'

/** Whether UPDATE removed exactly the messages with these unique-ids, or any at all. */
export function committedDeletes(
  subject: unknown,
  expected?: readonly string[],
  { isNot }: Negation = {},
): AssertionOutcome {
  const about = known('the committed deletes', subject, ['maildrop', 'session', 'server'])
  if (expected !== undefined) checkList(expected, isText, "a list of unique-ids, such as ['uid-1']")
  return setOutcome({
    about,
    expected,
    isNot,
    received: about.sessions.flatMap(({ removed }) => removed),
    matches: (uid, removed) => uid === removed,
    show: (uid) => uid,
    deed: 'to have committed the deletion of',
    hints: () => about.sessions.flatMap(uncommitted),
  })
}

/** A session that marked messages and ended without the QUIT that removes them (R39). */
function uncommitted({ id, commands, removed, open }: SessionRecord): string[] {
  const marks = commands.filter((command) => /^DELE\b/i.test(command)).length
  if (marks === 0 || removed.length > 0) return []
  return [
    `Session ${id} sent DELE ${marks === 1 ? 'once' : `${marks} times`} and ${open ? 'has not said QUIT yet' : 'removed nothing'}`,
  ]
}
