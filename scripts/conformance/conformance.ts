/**
 * `pnpm conformance` checks the mock and holds docs/conformance.md against what it saw and what is stored of the real servers;
 * `pnpm conformance --update [SERVER...]` checks the real servers first, all or these, and writes files and page;
 * `pnpm conformance --page` writes the page out of what is known.
 */
import { checks } from '@pop3kit/conformance'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { command, conclude } from '../lib/command.ts'
import { combineReports, fail, pass, writeReport, type Report } from '../lib/report.ts'
import { workspace } from '../lib/workspace.ts'
import { citations } from './citations.ts'
import type { Column } from './column.ts'
import { documentOf, unshown, type Facts } from './document.ts'
import { realColumn, realServers } from './real.ts'
import { requirements } from './requirements.ts'
import { readColumn, staleChecks, writeColumn } from './stored.ts'
import { strictColumn } from './strict.ts'

const { values, positionals } = parseArgs({
  options: { update: { type: 'boolean', default: false }, page: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const page = join(workspace, 'docs/conformance.md')

if (values.update) await update(positionals)
const strict = await strictColumn()
const stored = Object.fromEntries(realServers.map((name) => [name, readColumn(name)] as const))
const facts: Facts = { requirements, checks, citations: citations(workspace), columns: { strict, ...stored } }
if (values.update || values.page) {
  writeFileSync(page, documentOf(facts))
  await command('oxfmt', [page], { cwd: workspace })
}

const reports: Report[] = []
const problems: string[] = []
function judge(title: string, found: readonly string[]): void {
  reports.push(found.length === 0 ? pass : fail(title))
  problems.push(...found.map((problem) => `${title}: ${problem}`))
}

for (const { requirement, id } of checks) judge(`${requirement} ${id}`, shortfall(id, strict))
for (const [name, column] of Object.entries(stored)) {
  const stale = staleChecks(column, checks).map((id) => `it does not know the check "${id}" as the suite does`)
  judge(`fixtures/conformance/${name}.json`, stale)
}
judge('requirements', unshown(facts))
const isTrue = readFileSync(page, 'utf8') === documentOf(facts)
judge('docs/conformance.md', isTrue ? [] : ['it is not what is known; pnpm conformance --page writes it'])
writeReport(join(workspace, 'reports/conformance.json'), combineReports(reports))
conclude(problems, `strict fails none of ${checks.length} checks, and docs/conformance.md is true`)

/** Checks real servers at the same time: their timers are what takes long. */
async function update(names: readonly string[]): Promise<void> {
  const wanted = realServers.filter((name) => names.length === 0 || names.includes(name))
  await Promise.all(wanted.map(async (name) => writeColumn(name, await realColumn(name))))
}

/** Why the mock does not do what it should, if so. */
function shortfall(id: string, { checks: found }: Column): string[] {
  const { outcome, reason = '', excerpt = [] } = found[id] ?? {}
  return outcome === 'fail' ? [[reason, ...excerpt].join('\n  ')] : []
}
