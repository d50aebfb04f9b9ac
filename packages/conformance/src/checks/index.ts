/** The suite: every check, in the order of the report. */
import type { Check, CheckDescription } from '../check.ts'
import { apopChecks } from './apop.ts'
import { authChecks } from './auth.ts'
import { authorizationChecks } from './authorization.ts'
import { bearerChecks } from './bearer.ts'
import { capaChecks } from './capa.ts'
import { commandChecks } from './commands.ts'
import { deletionChecks } from './deletion.ts'
import { framingChecks } from './framing.ts'
import { greetingChecks } from './greeting.ts'
import { idleChecks } from './idle.ts'
import { plainChecks } from './plain.ts'
import { pipeliningChecks } from './pipelining.ts'
import { quitUpdateChecks } from './quit-update.ts'
import { responseCodeChecks } from './resp-codes.ts'
import { stuffingChecks } from './stuffing.ts'
import { tlsChecks } from './tls.ts'
import { topChecks } from './top.ts'
import { transactionChecks } from './transaction.ts'
import { uidlChecks } from './uidl.ts'
import { utf8LangChecks } from './utf8-lang.ts'

const all: readonly Check[] = [
  ...greetingChecks,
  ...framingChecks,
  ...stuffingChecks,
  ...commandChecks,
  ...idleChecks,
  ...authorizationChecks,
  ...apopChecks,
  ...transactionChecks,
  ...deletionChecks,
  ...topChecks,
  ...uidlChecks,
  ...quitUpdateChecks,
  ...capaChecks,
  ...pipeliningChecks,
  ...tlsChecks,
  ...responseCodeChecks,
  ...authChecks,
  ...plainChecks,
  ...bearerChecks,
  ...utf8LangChecks,
]

const numberOf = ({ requirement }: Check): number => Number(requirement.slice(1))

/** The checks, ordered by requirement. */
export const suite: readonly Check[] = all.toSorted((a, b) => numberOf(a) - numberOf(b))

/**
 * What the suite checks, as data, ordered by requirement.
 *
 * @example See what needs leave to delete
 * ```ts
 * import assert from 'node:assert/strict'
 * import { checks } from '@pop3kit/conformance'
 *
 * const removing = checks.filter(({ needs }) => needs.includes('removal'))
 * assert.deepEqual(removing.map(({ id, requirement }) => [requirement, id]), [['R16', 'lock'], ['R38', 'quit-removes']])
 * ```
 */
export const checks: readonly CheckDescription[] = suite.map(({ run: _run, ...description }) => description)
