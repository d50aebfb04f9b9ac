/**
 * A project of a user: a folder of projects/, copied out of the workspace. Every script of its package.json is run; one that leaves
 * results.json counts as its tests, another one as one.
 */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { command } from '../lib/command.ts'
import { environmentOf } from '../lib/other-node.ts'
import { inTemporaryFolder, type Tarball } from '../lib/pack.ts'
import { combineReports, fail, pass, type Report } from '../lib/report.ts'
import { install, manifestOf, outside } from './install.ts'
import { reportOfResults } from './results.ts'

export interface Project {
  /** Where it is in the workspace. */
  readonly folder: string
  /** What it has besides what is in the folder: path to content. */
  readonly added?: Readonly<Record<string, string>> | undefined
}

/** A Node that the projects are tried on. */
export interface Node {
  readonly version: string
  readonly path: string
}

/** What came of a project: its tests, and what was said by those scripts that failed. */
export interface Trial {
  readonly report: Report
  readonly problems: readonly string[]
}

/** Installs a project once, and runs its scripts on each Node; those for types, which no Node changes, on the first one only. */
export async function tryOut(
  { folder, added = {} }: Project,
  tarballs: readonly Tarball[],
  nodes: readonly Node[],
): Promise<Trial> {
  const name = basename(folder)
  return inTemporaryFolder(async (cwd) => {
    cpSync(folder, cwd, { recursive: true })
    for (const [path, content] of Object.entries(added)) writeFileSync(join(cwd, path), content)
    const installed = await install(cwd, tarballs)
    if (!installed.ok) return { report: fail(`${name}: install`), problems: [installed.transcript] }

    const trials: Trial[] = []
    for (const node of nodes)
      for (const script of Object.keys(manifestOf(cwd).scripts))
        if (node === nodes[0] || !script.startsWith('types')) trials.push(await run(script, cwd, node, name))
    return {
      report: combineReports(trials.map(({ report }) => report)),
      problems: trials.flatMap(({ problems }) => problems),
    }
  })
}

async function run(script: string, cwd: string, { path, version }: Node, name: string): Promise<Trial> {
  const results = join(cwd, 'results.json')
  rmSync(results, { force: true })
  const env = { ...outside, ...environmentOf(path) }
  const { ok, transcript } = await command(path, ['--run', script], { cwd, env, timeout: 120_000 })
  const where = `${name}, ${script} on Node ${version}`
  const tests = existsSync(results) ? reportOfResults(readFileSync(results, 'utf8')) : ok ? pass : fail('ended badly')
  const unseen = !ok && tests.failed.length === 0 ? [fail('ended badly')] : []
  const report = combineReports([tests, ...unseen])
  return {
    report: { ...report, failed: report.failed.map((title) => `${where}: ${title}`) },
    problems: ok ? [] : [`${where}\n${transcript}`],
  }
}
