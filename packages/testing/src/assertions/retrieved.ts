/** Which messages went out whole: each octet of them and the terminator (R31). */
import type { SessionRecord } from '@pop3kit/server'
import { checkList, isText } from '../expectation.ts'
import { known } from '../subject.ts'
import type { AssertionOutcome, Negation } from './outcome.ts'
import { setOutcome } from './set-outcome.ts'

/** Whether exactly these messages were retrieved whole, by number or by unique-id, each as often as it is named; or any at all. */
export function retrieved(
  subject: unknown,
  expected?: readonly (number | string)[],
  { isNot }: Negation = {},
): AssertionOutcome {
  const about = known('the retrieved messages', subject, ['session', 'server', 'maildrop'])
  if (expected !== undefined)
    checkList(expected, isNumberOrUid, "a list of numbers and unique-ids, such as [1, 'uid-2']")
  return setOutcome({
    about,
    expected,
    isNot,
    received: about.sessions.flatMap((session) => session.retrieved),
    matches: (wanted, { number, uid }) => wanted === (typeof wanted === 'number' ? number : uid),
    show: ({ number, uid }) =>
      expected?.some((wanted) => typeof wanted === 'number') === true ? `${number} (${uid})` : uid,
    deed: 'to have delivered whole',
    hints: () => about.sessions.flatMap(broken),
  })
}

const isNumberOrUid = (value: unknown): boolean => typeof value === 'number' || isText(value)

/** The RETRs of a session that brought no message, or not all of it. */
function broken({ id, entries }: SessionRecord): string[] {
  const lines: string[] = []
  let asked: string | undefined
  for (const entry of entries) {
    if (entry.type === 'retrieved') asked = undefined
    if (entry.type !== 'command' && entry.type !== 'close') continue
    if (asked !== undefined) lines.push(`Not whole: ${asked} of session ${id}`)
    asked = entry.type === 'command' && entry.verb === 'RETR' ? entry.line : undefined
  }
  if (asked !== undefined) lines.push(`Not whole: ${asked} of session ${id}`)
  return lines
}
