/**
 * Real clients under the 25 faults. `pnpm clients-under-fault` plays them to the clients that can be had and holds what becomes of them against
 * what was measured; `--update` writes docs/clients-under-fault.md. `--client` and `--fault` choose, as often as they are given.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, type } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { find, type Presence } from '../clients/presence.ts'
import { concurrently, conclude } from '../lib/command.ts'
import { combineReports, fail, pass, skip, writeReport, type Report } from '../lib/report.ts'
import { workspace } from '../lib/workspace.ts'
import { clientNamed, clients } from './clients.ts'
import { expected } from './differences.ts'
import { documentOf, machineIn, rowsIn } from './document.ts'
import { faultNamed, faultNames, loadFault } from './faults.ts'
import { measuredVersions } from './measured.ts'
import { play, type Sighting } from './play.ts'

/** After so much silence a client hangs (ms): as long as it was when this was measured, or long enough to tell. */
const patience = { thorough: 10_000, usual: 3000 }

/** Most of the runs wait. */
const atOnce = 8 * availableParallelism()

const reports: Report[] = []
const problems: string[] = []

function judge(title: string, found: readonly string[]): void {
  reports.push(found.length === 0 ? pass : fail(title))
  problems.push(...found.map((problem) => `${title}: ${problem}`))
}

const { values } = parseArgs({
  options: {
    update: { type: 'boolean', default: false },
    client: { type: 'string', multiple: true, default: clients.map(({ name }) => name) },
    fault: { type: 'string', multiple: true, default: [...faultNames] },
  },
})
const presences: Presence[] = []
for (const client of values.client.map(clientNamed)) {
  const { presence, reason = '' } = await find(client)
  if (presence !== undefined) {
    presences.push(presence)
    continue
  }
  reports.push(skip(client.name, reason))
  console.log(`skipped ${client.name} (${reason})`)
}

// The clients are ended at `exit`, of which one that a signal ends says nothing. Each of those that run listens.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
process.setMaxListeners(2 * atOnce)

const faults = await Promise.all(faultNames.map(loadFault))
const names = new Set(values.fault.map(faultNamed))
const wanted = faults.filter(({ name }) => names.has(name))
// What takes long comes first, so that nothing ends alone.
wanted.sort((one, other) => Number(other.name === 'drip') - Number(one.name === 'drip'))
const cases = wanted.flatMap((fault) => presences.map((presence) => ({ fault, presence })))
const sightings = await concurrently(
  cases,
  async ({ fault, presence }) => {
    const sighting = await play(presence, fault, values.update ? patience.thorough : patience.usual)
    hold(sighting)
    return sighting
  },
  atOnce,
)

/** Holds what was seen against what was measured. Another version of a client may do otherwise: that is worth a word. */
function hold({ fault, client, version, words, transcript, seconds }: Sighting): void {
  const title = `${fault}: ${client}`
  const wants = expected(fault, client)
  const isMeasured = version === measuredVersions[client]
  console.log(`${title} ${words} (${seconds.toFixed(1)} s)`)
  if (words !== wants && !isMeasured) console.log(`  as version ${version}; ${measuredVersions[client]}: ${wants}`)
  judge(title, words === wants || !isMeasured ? [] : [`"${words}" instead of "${wants}"\n${transcript}`])
}

const file = join(workspace, 'docs/clients-under-fault.md')
const page = existsSync(file) ? readFileSync(file, 'utf8') : ''
const rows = rowsIn(page)
if (values.update) {
  for (const { client, version, fault, words } of sightings)
    rows.set(client, { ...rows.get(client), version, [fault]: words })
  writeFileSync(file, documentOf(faults, rows, machine()))
} else {
  const isStale = page !== documentOf(faults, rows, machineIn(page))
  judge(
    'docs/clients-under-fault.md',
    isStale ? ['it is not what is known; pnpm clients-under-fault --update writes it'] : [],
  )
}

function machine(): string {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const system = /^PRETTY_NAME="(.*)"$/m.exec(release)?.[1] ?? type()
  return `${system}, ${arch()}, ${availableParallelism()} processors, Node ${process.versions.node}`
}

writeReport(join(workspace, 'reports/clients-under-fault.json'), combineReports(reports))
conclude(
  problems,
  `${sightings.length} runs of ${presences.length} clients came to what was measured, or it is known why not`,
)
