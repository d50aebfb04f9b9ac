/** A column of the table: what each check came to on one server, over all the ways that it was checked. */
import type { CheckDescription, ConformanceReport, Outcome } from '@pop3kit/conformance'

/** What one check came to. What fails says why, and shows it. */
interface Finding {
  readonly outcome: Outcome
  readonly reason?: string
  readonly excerpt?: readonly string[]
}

/** What a server came to, by the names of the checks. */
export interface Column {
  readonly greeting: string
  readonly checks: Readonly<Record<string, Finding>>
}

/** What counts more when the same check came to different things in different ways. */
const weights: readonly Outcome[] = ['fail', 'pass', 'not offered', 'not testable']

/** Puts the reports of one server together: in clear, with implicit TLS. */
export function columnOf([first, ...others]: readonly [ConformanceReport, ...ConformanceReport[]]): Column {
  const checks: Record<string, Finding> = {}
  for (const { results } of [first, ...others]) {
    for (const { id, outcome, reason, excerpt } of results) {
      const before = checks[id]?.outcome
      if (before !== undefined && weights.indexOf(before) <= weights.indexOf(outcome)) continue
      checks[id] = {
        outcome,
        ...(reason !== undefined && { reason }),
        ...(outcome === 'fail' && { excerpt }),
      }
    }
  }
  return { greeting: first.server.greeting, checks }
}

/** What a requirement came to: it fails with the first of its checks, and is not offered or testable only if all are. */
export function outcomeOf(
  requirement: number,
  checks: readonly CheckDescription[],
  column: Column,
): Outcome | undefined {
  const own = checks.filter((check) => check.requirement === `R${requirement}`)
  const outcomes = new Set(own.map(({ id }) => column.checks[id]?.outcome))
  return weights.find((outcome) => outcomes.has(outcome))
}
