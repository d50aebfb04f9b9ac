/** Runs the suite against a server. */
import { formatCapability, Pop3ArgumentError, type Capabilities } from '@pop3kit/codec'
import { performance } from 'node:perf_hooks'
import { Budget } from './budget.ts'
import type { Check, Need } from './check.ts'
import { suite } from './checks/index.ts'
import { Connections } from './connections.ts'
import { CheckContext } from './context.ts'
import { ConnectionError } from './dial.ts'
import { CheckServerError } from './errors.ts'
import { plainResponse } from './login.ts'
import { unmet } from './needs.ts'
import { settingsOf, type CheckServerOptions, type Settings } from './options.ts'
import { reportOf, type CheckResult, type ConformanceReport, type ServerFacts } from './report.ts'
import { survey, type Survey } from './survey.ts'
import { notTestable, Verdict } from './verdict.ts'
import { Transcript } from './wire/transcript.ts'

/** Checks with these come last, in this order: a server may slow down after failed logins, and what is removed is gone. */
const lateNeeds: readonly Need[] = ['waiting', 'failed logins', 'removal']

/**
 * Checks a POP3 server against the requirements of the RFCs. It deletes nothing unless `allowDeletions` is given, and then only the
 * last message for each check that needs `removal`. Checks run one after the other, each on connections of its own, which are closed
 * without QUIT; no run takes longer than `timeLimit`.
 *
 * @param options - where the server is, who logs in, what is known of the maildrop, what is allowed
 * @throws {@link CheckServerError} when the suite cannot run: no connection, no greeting, no login.
 * {@link Pop3ArgumentError} when `only` names what is none, or a duration is none.
 *
 * @example Check a server that knows nothing but its greeting
 * ```ts
 * import assert from 'node:assert/strict'
 * import { duplexPair } from 'node:stream'
 * import { checkServer } from '@pop3kit/conformance'
 *
 * const connect = () => {
 *   const [client, server] = duplexPair()
 *   server.write('+OK ready\r\n')
 *   server.on('data', (octets) => server.write(String(octets).replace(/.+/g, '+OK')))
 *   return client
 * }
 * const report = await checkServer({ user: 'alice', password: 'wonderland', connect, only: ['R11'], timeout: 100 })
 * assert.equal(report.conforms, false)
 * const [first] = report.results
 * assert.equal(first?.id, 'unknown-before-login')
 * assert.equal(first?.reason, 'Expected -ERR to "XYZZY", not "+OK"')
 * assert.deepEqual(first?.excerpt.slice(0, 3), ['S: +OK ready', 'C: XYZZY', 'S: +OK'])
 * ```
 */
export async function checkServer(options: CheckServerOptions): Promise<ConformanceReport> {
  const checks = chosen(options.only)
  const given = settingsOf(options)
  const budget = new Budget(given)
  const { wait } = given
  const settings = { ...given, wait: wait && ((ms: number) => budget.without(() => wait(ms))) }
  const facts = await surveyed(settings, budget)
  const results = new Map<Check, CheckResult>()
  for (const check of checks.toSorted((a, b) => lateness(a) - lateness(b))) {
    results.set(check, await resultOf(check, { settings, facts, budget }))
  }
  const inOrder = checks.flatMap((check) => results.get(check) ?? [])
  return reportOf(serverFacts(settings, facts), inOrder)
}

/** Meets the server; when nothing comes of that, it cannot be checked. */
async function surveyed(settings: Settings, budget: Budget): Promise<Survey> {
  const transcript = new Transcript(secretsOf(settings))
  const connections = new Connections(settings, transcript, budget.patience)
  try {
    return await survey(settings, connections)
  } catch (error) {
    if (!(error instanceof Verdict || error instanceof ConnectionError)) throw error
    throw new CheckServerError(settings.where, transcript.shown(error.message), { cause: error.cause })
  } finally {
    await connections.close()
  }
}

/** The checks to run. */
function chosen(only: CheckServerOptions['only']): readonly Check[] {
  if (only === undefined) return suite
  const wanted = only.map((name) => name.toLowerCase())
  const names = new Set(suite.flatMap(({ id, requirement }) => [id, requirement.toLowerCase()]))
  const unknown = wanted.findIndex((name) => !names.has(name))
  if (unknown !== -1) {
    throw new Pop3ArgumentError(
      `Cannot check only "${only[unknown]}": expected a requirement as "R12", or a check as "list-marked"`,
    )
  }
  return suite.filter(({ id, requirement }) => wanted.includes(id) || wanted.includes(requirement.toLowerCase()))
}

const lateness = ({ needs }: Check): number => Math.max(...needs.map((need) => lateNeeds.indexOf(need)), -1)

interface Run {
  readonly settings: Settings
  readonly facts: Survey
  readonly budget: Budget
}

/** Runs one check on connections of its own. */
async function resultOf(check: Check, { settings, facts, budget }: Run): Promise<CheckResult> {
  const { run, ...description } = check
  const transcript = new Transcript(secretsOf(settings))
  const connections = new Connections(settings, transcript, budget.patience)
  const began = performance.now()
  let verdict = budget.spent ?? unmet(check.needs, { settings, survey: facts })
  if (verdict === undefined) {
    try {
      await run(new CheckContext(settings, facts, connections))
    } catch (error) {
      // What was cut short by the end of the run says nothing of the server.
      verdict = budget.spent ?? verdictOf(error)
    } finally {
      await connections.close()
    }
  }
  return {
    ...description,
    outcome: verdict?.outcome ?? 'pass',
    reason: verdict && transcript.shown(verdict.message),
    excerpt: transcript.excerpt(),
    ms: Math.round(performance.now() - began),
  }
}

/** A server that is gone is for another check to say. What is neither is a fault of the suite. */
function verdictOf(error: unknown): Verdict {
  if (error instanceof Verdict) return error
  if (error instanceof ConnectionError) return notTestable(error.message)
  throw error
}

/** What no report may show. */
function secretsOf({ user, password, apopSecret, accessToken }: Settings): string[] {
  const plain = password === undefined ? [] : [plainResponse(user, password)]
  return [password, apopSecret, accessToken, ...plain].filter((secret) => secret !== undefined)
}

function serverFacts({ where }: Settings, { greeting, capabilities }: Survey): ServerFacts {
  const { clear, tls, transaction } = capabilities
  const lines = (listed: Capabilities | undefined): string[] | undefined =>
    listed && Array.from(listed, formatCapability)
  return { ...where, greeting, capabilities: { clear: lines(clear), tls: lines(tls), transaction: lines(transaction) } }
}
