/** Which commands clients sent, and in which order. */
import { messageOf } from '../text/message.ts'
import type { Row } from '../text/side-by-side.ts'
import { checkList, checkOne, isTextOrPattern } from '../expectation.ts'
import { known } from '../subject.ts'
import type { AssertionOutcome } from './outcome.ts'

/** A command line as it was typed, passwords and digests as `***`; or a pattern that is found in it. */
export type CommandMatcher = string | RegExp

/** How commands are compared. */
export interface ReceivedCommandsOptions {
  /** Whether no other command may come before, between or behind. @default {false} */
  readonly exactly?: boolean | undefined
}

/** Whether a command was received, once or more often. */
export function receivedCommand(subject: unknown, expected: CommandMatcher): AssertionOutcome {
  const about = known('the received commands', subject, ['server', 'session'])
  checkOne(expected, isTextOrPattern, "a command or a pattern, such as 'RETR 1' or /^RETR/")
  const received = about.sessions.flatMap(({ commands }) => commands)
  const pass = received.some((command) => matches(expected, command))
  return {
    pass,
    message: () =>
      messageOf(about, {
        headline: `Expected ${about.name} ${pass ? 'not ' : ''}to have received ${quoted(expected)}`,
        rows: received.map((command) => ({
          received: command,
          differs: pass && matches(expected, command),
        })),
      }),
  }
}

/** Whether commands were received in this order; others may come before, between and behind, unless it is `exactly` these. */
export function receivedCommands(
  subject: unknown,
  expected: readonly CommandMatcher[],
  { exactly = false }: ReceivedCommandsOptions = {},
): AssertionOutcome {
  const about = known('the received commands', subject, ['server', 'session'])
  checkList(expected, isTextOrPattern, "a list of commands and patterns, such as ['RETR 1', /^QUIT/]")
  // Session after session: of sessions that overlap, nobody can tell which command came first.
  const received = about.sessions.flatMap(({ commands }) => commands)
  const rows = exactly ? together(expected, received) : inOrder(expected, received)
  const pass = rows.every(({ differs }) => differs !== true)
  return {
    pass,
    message: () =>
      messageOf(about, {
        headline: `Expected ${about.name} ${pass ? 'not ' : ''}to have received ${exactly ? 'exactly these commands' : 'these commands in this order'}`,
        rows,
      }),
  }
}

const matches = (expected: CommandMatcher, command: string): boolean =>
  typeof expected === 'string' ? expected === command : new RegExp(expected).test(command)

const quoted = (expected: CommandMatcher): string =>
  typeof expected === 'string' ? `"${expected}"` : `a command that matches ${String(expected)}`

/** One by one; the first pair that differs is marked. */
function together(expected: readonly CommandMatcher[], received: readonly string[]): Row[] {
  const count = Math.max(expected.length, received.length)
  const rows = Array.from({ length: count }, (_, index) => ({ wanted: expected[index], got: received[index] }))
  const first = rows.findIndex(({ wanted, got }) => wanted === undefined || got === undefined || !matches(wanted, got))
  return rows.map(({ wanted, got }, index) => ({
    expected: wanted === undefined ? undefined : String(wanted),
    received: got,
    differs: index === first,
  }))
}

/** Each expected one beside the first that matches behind the one before; from the first on that none matches, one by one. */
function inOrder(expected: readonly CommandMatcher[], received: readonly string[]): Row[] {
  const rows: Row[] = []
  let at = 0
  for (const [index, wanted] of expected.entries()) {
    const found = received.findIndex((command, place) => place >= at && matches(wanted, command))
    if (found === -1)
      return [...rows, ...together(expected.slice(index), received.slice(at))].map(markedFrom(rows.length))
    rows.push(...received.slice(at, found).map((command) => ({ received: command })))
    rows.push({ expected: String(wanted), received: received[found] })
    at = found + 1
  }
  return [...rows, ...received.slice(at).map((command) => ({ received: command }))]
}

/** The first that none matches is the one to mark. */
const markedFrom =
  (first: number) =>
  (row: Row, index: number): Row => ({ ...row, differs: index === first })
