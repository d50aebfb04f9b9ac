/** What the suite found. */
import type { CheckDescription } from './check.ts'

/** What a check comes to. */
export type Outcome = 'pass' | 'fail' | 'not offered' | 'not testable'

/** What became of one check. */
export interface CheckResult extends CheckDescription {
  /**
   * `not offered`: the server does not claim to do it and need not. `not testable`: nobody can tell from here; `reason` says what is
   * missing.
   */
  readonly outcome: Outcome
  /** What was expected and what came, or what is missing; nothing for what passes. */
  readonly reason: string | undefined
  /** What was said: `C: ` the suite, `S: ` the server, with a number for further connections; `# ` what else happened. No secrets. */
  readonly excerpt: readonly string[]
  /** How long it took, in milliseconds. */
  readonly ms: number
}

/** What is known of the server as a whole. */
export interface ServerFacts {
  /** Where it is. */
  readonly host: string
  /** Where it is. */
  readonly port: number
  /** Its greeting, status indicator included. */
  readonly greeting: string
  /** What CAPA lists, each with its parameters: before the login in clear, under TLS, and after the login. */
  readonly capabilities: {
    /** Before the login, in clear; `undefined` without CAPA or without such a connection. */
    readonly clear: readonly string[] | undefined
    /** Before the login, under TLS; `undefined` without CAPA or without TLS. */
    readonly tls: readonly string[] | undefined
    /** After the login; `undefined` without CAPA. */
    readonly transaction: readonly string[] | undefined
  }
}

/** The report on a server. */
export interface ConformanceReport {
  /** The server. */
  readonly server: ServerFacts
  /** Every check that was asked for, ordered by requirement. */
  readonly results: readonly CheckResult[]
  /** How many checks came to what. */
  readonly totals: Readonly<Record<Outcome, number>>
  /** Whether no check failed. */
  readonly conforms: boolean
}

/** Counts and sums up. */
export function reportOf(server: ServerFacts, results: readonly CheckResult[]): ConformanceReport {
  const totals = { pass: 0, fail: 0, 'not offered': 0, 'not testable': 0 }
  for (const { outcome } of results) totals[outcome] += 1
  return { server, results, totals, conforms: totals.fail === 0 }
}
