/** Each package as it is published: publint reads its package.json, attw its types as every kind of importer resolves them. */
import { command, concurrently, conclude } from '../lib/command.ts'
import { inTemporaryFolder, pack, type Tarball } from '../lib/pack.ts'
import { isCode, workspace, type Manifest } from '../lib/workspace.ts'

export async function packageProblems(tarballs: readonly Tarball[]): Promise<string[]> {
  const outcomes = await concurrently(tarballs, async ({ path, folder, manifest }) => [
    await command('publint', ['run', path, '--strict'], { cwd: folder }),
    ...(await Promise.all(
      attwQuestions(manifest).map((question) =>
        command('attw', [path, '--format', 'ascii', '--no-emoji', ...question], { cwd: folder }),
      ),
    )),
  ])
  return outcomes.flat().flatMap(({ ok, transcript }) => (ok ? [] : [transcript]))
}

/**
 * How attw is asked: entries for both kinds of importer apart from those for ESM alone. Subpaths are out of reach for the resolution of
 * old, which knows no `exports`.
 */
function attwQuestions(manifest: Manifest): string[][] {
  const entries = Object.entries(manifest.exports ?? {}).filter(([path]) => isCode(path))
  const esmOnly = entries.flatMap(([path, conditions]) => (isForBoth(conditions) ? [] : [path]))
  const profile = entries.length > 1 ? 'node16' : 'strict'
  if (esmOnly.length === 0) return [['--profile', profile]]
  const alone = ['--profile', 'esm-only', '--entrypoints', ...esmOnly]
  return esmOnly.length === entries.length
    ? [alone]
    : [['--profile', profile, '--exclude-entrypoints', ...esmOnly], alone]
}

const isForBoth = (conditions: unknown): boolean =>
  typeof conditions === 'object' && conditions !== null && 'require' in conditions

if (import.meta.main) {
  const problems = await inTemporaryFolder(async (folder) => packageProblems(await pack(workspace, folder)))
  conclude(problems, 'publint and attw find nothing')
}
