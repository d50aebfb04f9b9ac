/** Faults that have not fired as often as they were to: a test that passes without them has tested something else. */
import { redactCommand } from '@pop3kit/codec'
import { Pop3PendingFaultsError } from '../errors.ts'
import { written } from '../faults/written.ts'
import type { HandlerUse } from './handler.ts'

/** A fault of a handler, or the handler itself where it is code, with how often it was to have an effect and had one. */
interface Part {
  readonly name: string
  readonly least: number
  readonly expected: string
  readonly actual: number
  /** How often its handler was asked. */
  readonly asked: number
}

/** @throws {Pop3PendingFaultsError} With a table of all of them, when one is pending. */
export function assertNonePending(uses: readonly HandlerUse[], seed: number): void {
  const parts = uses.flatMap(partsOf)
  const pending = parts.filter(({ actual, least }) => actual < least)
  if (pending.length > 0) throw new Pop3PendingFaultsError(pending.length, tableOf(parts), seed)
}

/** Each fault of a handler is to fire; code is to be asked where it says how often. */
function partsOf({ place, faults, effects, options, uses }: HandlerUse): Part[] {
  const { once, nth, times, ...where } = options
  const exactly = times ?? (once === true || nth !== undefined ? 1 : undefined)
  const part = (what: string, actual: number): Part => ({
    name: `${redactCommand(place)}: ${what}${Object.keys(where).length === 0 ? '' : ` ${written(where)}`}`,
    least: exactly ?? 1,
    expected: exactly === undefined ? '1 or more' : String(exactly),
    actual,
    asked: uses,
  })
  if (faults.length > 0) return faults.map((fault, index) => part(fault, effects[index] ?? 0))
  return exactly === undefined ? [] : [part('a function', uses)]
}

function tableOf(parts: readonly Part[]): string {
  const rows = parts.map((part) => [part.name, part.expected, `${part.actual}${note(part)}`] as const)
  const all = [['handler', 'expected', 'actual'] as const, ...rows]
  const [names, expected] = [0, 1].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all.map((row) => `  ${row[0].padEnd(names ?? 0)}  ${row[1].padEnd(expected ?? 0)}  ${row[2]}`).join('\n')
}

/** A handler that was asked and whose fault had no effect: the reply ended before its place. */
function note({ asked, actual }: Part): string {
  return asked > actual ? ` (asked ${asked === 1 ? 'once' : `${asked} times`})` : ''
}
