/** Faults that have not fired as often as they were to: a test that passes without them has tested something else. */
import { Pop3PendingFaultsError } from '../errors.ts'
import type { HandlerUse } from './handler.ts'

interface Row {
  readonly handler: string
  readonly expected: string
  readonly actual: string
}

/** @throws {Pop3PendingFaultsError} With a table of all handlers that play faults, when one of them is pending. */
export function assertNonePending(uses: readonly HandlerUse[], seed: number): void {
  const faults = uses.filter(({ faults: played }) => played.length > 0)
  const pending = faults.filter((use) => use.fired < expectedOf(use).least)
  if (pending.length > 0) throw new Pop3PendingFaultsError(pending.length, tableOf(faults), seed)
}

/** As often as its options say, and otherwise at least once. */
function expectedOf({ options: { once, nth, times } }: HandlerUse): { least: number; said: string } {
  const exactly = times ?? (once === true || nth !== undefined ? 1 : undefined)
  return exactly === undefined ? { least: 1, said: '1 or more' } : { least: exactly, said: String(exactly) }
}

function tableOf(uses: readonly HandlerUse[]): string {
  const rows = uses.map((use): Row => {
    const handler = `${use.place}: ${use.faults.join(', ')}`
    return { handler, expected: expectedOf(use).said, actual: `${use.fired}${asked(use)}` }
  })
  const all: Row[] = [{ handler: 'handler', expected: 'expected', actual: 'actual' }, ...rows]
  const width = (column: keyof Row): number => Math.max(...all.map((row) => row[column].length))
  const [handlers, expected] = [width('handler'), width('expected')]
  return all
    .map((row) => `  ${row.handler.padEnd(handlers)}  ${row.expected.padEnd(expected)}  ${row.actual}`)
    .join('\n')
}

/** A handler that was asked and whose fault had no effect: the reply ended before its place. */
function asked({ uses, fired }: HandlerUse): string {
  return uses > fired ? ` (asked ${uses === 1 ? 'once' : `${uses} times`})` : ''
}
