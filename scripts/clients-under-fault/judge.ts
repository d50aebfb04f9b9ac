/** Says in a few words what became of a client and of the mail. */
import type { Outcome } from '../lib/command.ts'
import { textOf, type Mail } from './mail.ts'
import type { Standstill } from './watch.ts'

/** What there is of a message when the client has ended. */
type Condition = 'whole' | 'missing' | 'empty' | 'cut short' | 'too long' | 'altered'

export interface Evidence {
  readonly mail: readonly Mail[]
  /** What the client has of each message, without what it does to every one. */
  readonly got: readonly (string | undefined)[]
  readonly outcome: Pick<Outcome, 'ok' | 'status' | 'signal'>
  /** What it said, without what it says when nothing is wrong. */
  readonly said: string
  /** What it was ended at. */
  readonly standstill: Standstill | undefined
}

/** Node's exit status when nothing is left that could settle the promise that the program awaits. */
const unsettled = 13

/** The words of docs/clients-under-fault.md, which explains them. */
export function judge({ mail, got, outcome, said, standstill }: Evidence): string {
  const conditions = mail.map((message, index) => conditionOf(message, got[index]))
  const lost = listed(conditions, (condition) => condition !== 'whole')
  const damaged = listed(conditions, (condition) => condition !== 'whole' && condition !== 'missing')
  const leaving = (words: string): string => (damaged === '' ? words : `${words}, leaves ${damaged}`)
  if (standstill !== undefined) return leaving(standstill)
  if (outcome.signal === 'SIGSEGV') return 'SEGFAULT'
  if (outcome.signal !== undefined) return leaving(`ended by ${outcome.signal}`)
  if (outcome.status === unsettled) return 'NEVER SETTLES'
  if (!outcome.ok) return leaving('error')
  const isSilent = said.trim() === ''
  if (lost === '') return isSilent ? 'ok' : 'ok (grumbles)'
  return isSilent ? `SILENT: ${lost}` : `exit 0, prints a line: ${lost}`
}

/** Line ends do not count, nor does a dot that was stuffed in and left there: clients of npm leave it with every server. */
function conditionOf(message: Mail, text: string | undefined): Condition {
  if (text === undefined) return 'missing'
  if (text === '') return 'empty'
  const got = comparable(text)
  const sent = comparable(textOf(message))
  const sentOnTheWire = sent.replaceAll(/^\./gm, '..')
  const isEither = (holds: (sent: string) => boolean): boolean => holds(sent) || holds(sentOnTheWire)
  if (isEither((all) => got === all)) return 'whole'
  if (isEither((all) => all.startsWith(got))) return 'cut short'
  return isEither((all) => got.startsWith(all)) ? 'too long' : 'altered'
}

/** With LF, and none at the end: some clients drop the last one, and one that spins adds a million. */
function comparable(text: string): string {
  const lines = text.replaceAll('\r\n', '\n')
  let end = lines.length
  while (lines[end - 1] === '\n') end -= 1
  return lines.slice(0, end)
}

/** Message numbers by condition: `1 altered; 4-7 missing`. */
function listed(conditions: readonly Condition[], isMeant: (condition: Condition) => boolean): string {
  return [...new Set(conditions.filter(isMeant))]
    .map(
      (condition) => `${ranges(conditions.flatMap((one, index) => (one === condition ? index + 1 : [])))} ${condition}`,
    )
    .join('; ')
}

/** Rising numbers, `1, 4-7`. */
function ranges(numbers: readonly number[]): string {
  const starts = numbers.filter((number) => !numbers.includes(number - 1))
  const ends = numbers.filter((number) => !numbers.includes(number + 1))
  return starts.map((start, index) => (start === ends[index] ? `${start}` : `${start}-${ends[index]}`)).join(', ')
}
