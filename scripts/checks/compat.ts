/**
 * The packages on the oldest Node that they promise and on the newest: their tests from sources, and their built files loaded both
 * ways. `pnpm compat 24.21.0` takes another. The present Node is left out, since the other tasks run on it.
 */
import { join } from 'node:path'
import { command, conclude } from '../lib/command.ts'
import { loadBothWays } from '../lib/load-both-ways.ts'
import { nodePackage, OLDEST_NODE, TOOLS_NODE } from '../lib/node-versions.mjs'
import { environmentOf, nodeOf } from '../lib/other-node.ts'
import { skip, writeReport } from '../lib/report.ts'
import { isLibrary, packagesOf, workspace } from '../lib/workspace.ts'

/** The tests leave their report as a script of that name does (vitest.config.ts). */
export async function compatProblems(root: string, node: string, script: string): Promise<string[]> {
  const packages = packagesOf(root)
  const libraries = packages.filter(isLibrary).map(({ manifest }) => manifest.name)
  const projects = packages.flatMap(({ id }) => ['--project', id])
  const options = { cwd: root, env: { ...environmentOf(node), npm_lifecycle_event: script } }
  const outcomes = [
    await command(node, ['-e', loadBothWays(libraries)], options),
    await command(node, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...projects], {
      ...options,
      timeout: 600_000,
    }),
  ]
  return outcomes.flatMap(({ ok, transcript }) => (ok ? [] : [transcript]))
}

async function onVersion(version: string): Promise<string[]> {
  const script = `compat-${version}`
  const node = await nodeOf(version)
  if (node !== undefined) return compatProblems(workspace, node, script)
  writeReport(join(workspace, `reports/${script}.json`), skip(script, `npm has no ${nodePackage(version)}`))
  return []
}

if (import.meta.main) {
  const given = process.argv.slice(2)
  const versions = given.length > 0 ? given : [OLDEST_NODE, TOOLS_NODE]
  const others = versions.filter((version) => version !== process.versions.node)
  const problems: string[] = []
  for (const version of others) problems.push(...(await onVersion(version)))
  conclude(problems, `The packages work on Node ${others.join(' and ')}`)
}
