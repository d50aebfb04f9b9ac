/** What must be so behind every case, whatever was said. */
import type { Case } from './case.ts'
import { judgeMessages } from './judge-messages.ts'
import type { Outcome } from './play.ts'
import type { Stage } from './stage.ts'
import { type Turn, turnsOf } from './turns.ts'
import type { Witness } from './witness.ts'

/** Says what is wrong. */
export function judge({ witnesses, mail, problems }: Outcome, { faults, persona }: Case, { lineEnd }: Stage): string[] {
  const wrong = [...problems]
  for (const witness of witnesses) {
    const { id, user } = witness.session
    const found = [...judgeRecord(witness)]
    // A fault is there to break the rest.
    if (faults.length === 0 && found.length === 0) {
      try {
        const turns = turnsOf(witness)
        found.push(...judgeCount(witness, turns, lineEnd, persona), ...judgeMessages(turns, mail.find(user)))
        if (persona === 'strict') found.push(...judgeStatusLines(turns))
      } catch (error) {
        found.push(String(error))
      }
    }
    wrong.push(...found.map((problem) => `session ${id}: ${problem}`))
  }
  return wrong
}

function* judgeRecord({ session: { entries } }: Witness): Generator<string> {
  for (const entry of entries) if (entry.type === 'error') yield `an error: ${String(entry.error)}`
  if (entries.filter(({ type }) => type === 'close').length !== 1) yield 'it was not closed once'
  if (entries.at(-1)?.type !== 'close') yield 'something happened behind its end'
}

/**
 * A client that ended its half has an answer to every line, whatever it was, and nothing was thrown away for TLS. Real servers have ways
 * of their own with lines that are long, that hold a NUL or that never end.
 */
function* judgeCount(
  { peer, session: { entries, state } }: Witness,
  turns: readonly Turn[],
  lineEnd: RegExp,
  persona: string,
): Generator<string> {
  const close = entries.at(-1)
  const hasEnded = close?.type === 'close' && close.how === 'end' && !peer.hasReset && state === 'AUTHORIZATION'
  const isOdd = persona !== 'strict' && (peer.said.includes('\0') || peer.said.length > 1000)
  if (!hasEnded || isOdd || turns.some(({ verb }) => verb === 'STLS')) return
  const lines = peer.said.split(lineEnd)
  const mayBeAnswered = lines.pop() === '' ? 0 : 1
  const replies = turns.reduce((sum, turn) => sum + turn.replies.length, 0) - 1
  if (replies < lines.length || replies > lines.length + mayBeAnswered) {
    yield `${replies} replies to ${lines.length} lines`
  }
}

/** RFC 1939 section 3: a status line is 512 octets at most, and of printable characters; challenges are not meant. */
function* judgeStatusLines(turns: readonly Turn[]): Generator<string> {
  for (const { status, line } of turns.flatMap(({ replies }) => replies)) {
    if (status !== '+' && line.length > 512) yield `a status line of ${line.length} octets`
    if (!/^[ -~]+\r\n$/.test(line)) yield `a status line that is not printable: ${JSON.stringify(line)}`
  }
}
