/**
 * `pnpm release` takes the changesets up into versions and change logs, builds, checks, commits and publishes. `pnpm release --dry-run`
 * does the same to a copy of the last commit, up to the commit, and shows what would be published.
 */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { command } from './lib/command.ts'
import { inTemporaryFolder, pack, type Tarball } from './lib/pack.ts'
import { workspace } from './lib/workspace.ts'

const checks = ['build', 'architecture', 'api', 'packages']

/** Gives the versions, builds and checks. What is wrong is thrown. */
async function prepare(root: string): Promise<Tarball[]> {
  if (globSync('.changeset/*.md', { cwd: root }).length === 0) throw new Error('Cannot release: there is no changeset')
  await step('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], root)
  await step('pnpm', ['exec', 'changeset', 'version'], root)
  await step('pnpm', ['exec', 'turbo', 'run', ...checks, '--output-logs=errors-only'], root)
  return inTemporaryFolder((folder) => pack(root, folder))
}

async function dryRun(): Promise<void> {
  if (await hasChanges(workspace)) console.log('Changes that are not committed are left out\n')
  await inTemporaryFolder(async (folder) => {
    const root = join(folder, 'workspace')
    await step('git', ['clone', '--quiet', workspace, root], folder)
    console.log((await prepare(root)).map(describe).join('\n\n'))
  })
}

async function release(): Promise<void> {
  if (await hasChanges(workspace)) throw new Error('Cannot release: there are changes that are not committed')
  const [first] = await prepare(workspace)
  const version = first?.manifest.version
  await step('git', ['add', '--all'], workspace)
  await step('git', ['commit', '--quiet', '--message', `Release ${version}`], workspace)
  console.log(await step('pnpm', ['exec', 'changeset', 'publish'], workspace))
  console.log(`Released ${version}; "git push --follow-tags" tells the others`)
}

export function describe({ manifest, size, files }: Tarball): string {
  const head = `${manifest.name} ${manifest.version}: ${(size / 1000).toFixed(1)} kB packed, ${files.length} files`
  return [head, ...files.map((file) => `  ${file}`)].join('\n')
}

export async function hasChanges(root: string): Promise<boolean> {
  return (await step('git', ['status', '--porcelain'], root)) !== ''
}

async function step(name: string, args: readonly string[], cwd: string): Promise<string> {
  const { ok, stdout, transcript } = await command(name, args, { cwd })
  if (!ok) throw new Error(transcript)
  return stdout
}

if (import.meta.main) {
  try {
    await (process.argv.includes('--dry-run') ? dryRun() : release())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
