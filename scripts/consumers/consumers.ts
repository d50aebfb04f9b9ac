/**
 * The packed packages in the hands of users: the projects of projects/, installed outside the workspace, and run on the oldest Node
 * that the packages promise and on the newest. What pages show behind <!-- consumer: vitest --> or <!-- consumer: jest --> runs in these, too,
 * as printed. `pnpm consumers vitest` tries that project alone.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { examplesOf } from '../checks/examples.ts'
import { concurrently, conclude } from '../lib/command.ts'
import { nodePackage, OLDEST_NODE, TOOLS_NODE } from '../lib/node-versions.mjs'
import { nodeOf } from '../lib/other-node.ts'
import { inTemporaryFolder, pack } from '../lib/pack.ts'
import { combineReports, skip, writeReport, type Report } from '../lib/report.ts'
import { workspace } from '../lib/workspace.ts'
import { entryFiles } from './entries.ts'
import { tryOut, type Node } from './project.ts'
import { suitesOf } from './suites.ts'

const projects = join(import.meta.dirname, 'projects')
const all = readdirSync(projects)
const given = process.argv.slice(2)

const nodes: Node[] = []
const missing: Report[] = []
for (const version of [TOOLS_NODE, OLDEST_NODE]) {
  const path = await nodeOf(version)
  if (path !== undefined) nodes.push({ version, path })
  else missing.push(skip(`Node ${version}`, `npm has no ${nodePackage(version)}`))
}

const trials = await inTemporaryFolder(async (folder) => {
  const tarballs = await pack(workspace, folder)
  const suites = suitesOf(all, examplesOf(workspace))
  return concurrently(given.length > 0 ? given : all, (name) => {
    const added = name === 'entries' ? entryFiles(tarballs) : suites.get(name)
    return tryOut({ folder: join(projects, name), added }, tarballs, nodes)
  })
})
const report = combineReports([...trials.map(({ report }) => report), ...missing])
writeReport(join(workspace, 'reports/consumers.json'), report)
conclude(
  trials.flatMap(({ problems }) => problems),
  `${report.passed} tests passed in ${trials.length} projects on Node ${nodes.map(({ version }) => version).join(' and ')}`,
)
