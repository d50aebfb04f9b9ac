/** The two ways to find the answer to a command: in order, or by what it is. */
import { ReplayError } from '../replay-error.ts'
import { verbOf } from '../verbs.ts'
import { type ServerEvent, type Turn, answeredTurns } from './turns.ts'

/** A session that is replayed: says what the server does next; `undefined` when the transcript does not tell. */
export type ReplayedSession = (line: string) => readonly ServerEvent[] | undefined

/** Commands before the one that is different, in the error. */
const shownBefore = 3

/** The same commands in the same order; the first other one is an error, and behind it the transcript has no answers. */
export function strictly(session: number, turns: readonly Turn[]): ReplayedSession {
  let at = 0
  let isLost = false
  return (line) => {
    if (isLost) return undefined
    const turn = turns[at]
    if (turn?.line === line) {
      at += 1
      return turn.events
    }
    isLost = true
    const before = turns.slice(Math.max(1, at - shownBefore), at).map((earlier) => earlier.line)
    throw new ReplayError({ session, before, expected: turn?.line, actual: line })
  }
}

/** Each command has its answers, one after the other, the last of them again and again. */
export function leniently(turns: readonly Turn[]): ReplayedSession {
  const answers = new Map<string, (readonly ServerEvent[])[]>()
  for (const { line, events } of answeredTurns(turns)) {
    const own = answers.get(keyOf(line)) ?? []
    own.push(events)
    answers.set(keyOf(line), own)
  }
  const asked = new Map<string, number>()
  return (line) => {
    const key = keyOf(line)
    const times = asked.get(key) ?? 0
    asked.set(key, times + 1)
    const own = answers.get(key)
    return own?.[times] ?? own?.at(-1)
  }
}

/** Keywords are the same in any case (R2). */
const keyOf = (line: string): string => line.replace(/^\S+/, verbOf)
