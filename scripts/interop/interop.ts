/**
 * Real clients against the mock. `pnpm interop` tries those that can be had and holds docs/interop.md against what it saw;
 * `pnpm interop --update` writes that page. With names of clients it tries only these.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { concurrently, conclude } from '../lib/command.ts'
import { combineReports, fail, pass, skip, writeReport, type Report } from '../lib/report.ts'
import { workspace } from '../lib/workspace.ts'
import { attempt } from './attempt.ts'
import { ways, type InteropClient } from '../clients/client.ts'
import { clientNamed, clients } from './clients.ts'
import { disagreements, documentOf, rowsIn } from './document.ts'
import { find, type Presence } from '../clients/presence.ts'
import { rowOf, type Row } from './row.ts'
import { titleOf, trialsOf } from './trial.ts'

const reports: Report[] = []
const problems: string[] = []

function judge(title: string, found: readonly string[]): void {
  reports.push(found.length === 0 ? pass : fail(title))
  problems.push(...found.map((problem) => `${title}: ${problem}`))
}

const { values, positionals: names } = parseArgs({
  options: { update: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const wanted = names.length === 0 ? clients : names.map(clientNamed)
const presences: Presence<InteropClient>[] = []
for (const client of wanted) {
  const { presence, reason = '' } = await find(client)
  if (presence !== undefined) presences.push(presence)
  const lacks = presence?.lacks.map((encryption) => `${client.name}: ${ways[encryption]}`) ?? [client.name]
  for (const title of lacks) {
    reports.push(skip(title, reason))
    console.log(`skipped ${title} (${reason})`)
  }
}

const trials = presences.flatMap((presence) => trialsOf(presence, values.update).map((trial) => ({ presence, trial })))
// Those that take long come first, so that none of them ends alone.
trials.sort((one, other) => Number(other.trial.whole ?? false) - Number(one.trial.whole ?? false))
const results = await concurrently(trials, async ({ presence, trial }) => {
  const title = `${presence.client.name}: ${titleOf(trial)}`
  const started = performance.now()
  const result = await attempt(presence, trial)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${result.problems.length === 0 ? 'passed' : 'FAILED'} ${title} (${seconds} s)`)
  judge(title, result.problems)
  return { presence, result }
})

const rows = presences.map((presence): Row => {
  const own = results.filter((result) => result.presence === presence)
  return rowOf(
    presence,
    own.map(({ result }) => result),
  )
})
const file = join(workspace, 'docs/interop.md')
const page = readFileSync(file, 'utf8')
const known = rowsIn(page)
if (values.update) {
  for (const row of rows) known.set(row.client, { ...known.get(row.client), ...row })
  writeFileSync(file, documentOf(clients, known))
} else {
  const { problems: wrong, remarks } = disagreements(rows, known)
  const stale = page === documentOf(clients, known) ? [] : ['it is not what is known of the clients']
  judge(
    'docs/interop.md',
    [...wrong, ...stale].map((problem) => `${problem}; pnpm interop --update writes it`),
  )
  for (const remark of remarks) console.log(`Another version than in docs/interop.md: ${remark}`)
}

writeReport(join(workspace, 'reports/interop.json'), combineReports(reports))
conclude(problems, `${trials.length} trials of ${presences.length} clients are as docs/interop.md says`)
