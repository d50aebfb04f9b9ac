/** Each package as it is published: publint reads its package.json, attw its types as every kind of importer resolves them. */
import { command, concurrently, conclude } from '../lib/command.ts'
import { inTemporaryFolder, pack, type Tarball } from '../lib/pack.ts'
import { workspace, type Manifest } from '../lib/workspace.ts'

export async function packageProblems(tarballs: readonly Tarball[]): Promise<string[]> {
  const outcomes = await concurrently(tarballs, async ({ path, folder, manifest }) => [
    await command('publint', ['run', path, '--strict'], { cwd: folder }),
    await command('attw', [path, '--profile', attwProfile(manifest), '--format', 'ascii', '--no-emoji'], {
      cwd: folder,
    }),
  ])
  return outcomes.flat().flatMap(({ ok, transcript }) => (ok ? [] : [transcript]))
}

/** Subpaths are out of reach for the resolution of old, which knows no `exports`. */
function attwProfile({ exports }: Manifest): string {
  const subpaths = Object.keys(exports ?? {}).filter((path) => path !== '.' && path !== './package.json')
  return subpaths.length > 0 ? 'node16' : 'strict'
}

if (import.meta.main) {
  const problems = await inTemporaryFolder(async (folder) => packageProblems(await pack(workspace, folder)))
  conclude(problems, 'publint and attw find nothing')
}
