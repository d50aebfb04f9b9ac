/** The machine's own apt with a state of its own, so that it changes nothing on the machine and takes no rights of root. */
import { globSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { command, type Outcome } from '../lib/command.ts'
import { workspace } from '../lib/workspace.ts'

export const cache: string = join(workspace, '.cache/interop')

let listing: Promise<Outcome> | undefined

/**
 * Downloads packages with all that they need and the machine has not.
 *
 * @returns the archives
 * @throws {Error} with what apt says
 */
export async function download(packages: readonly string[], folder: string): Promise<string[]> {
  mkdirSync(join(cache, 'apt/lists/partial'), { recursive: true })
  mkdirSync(join(folder, 'partial'), { recursive: true })
  listing ??= apt(['update'])
  const { transcript: said } = await listing
  const options = ['--yes', '--no-install-recommends', '--no-upgrade', '--download-only']
  const { ok, transcript } = await apt(['-o', `Dir::Cache::archives=${folder}`, 'install', ...options, ...packages])
  // Without lists no package is known: then it is the lists that matter.
  if (!ok) throw new Error(/^W: Failed to fetch.*/m.exec(said)?.[0] ?? complaintOf(transcript))
  return globSync(join(folder, '*.deb'))
}

function apt(args: readonly string[]): Promise<Outcome> {
  const settings = [
    `Dir::State::lists=${join(cache, 'apt/lists')}`,
    `Dir::Cache=${join(cache, 'apt')}`,
    'Debug::NoLocking=true',
    'APT::Sandbox::User=root',
    'Acquire::Retries=1',
    'Acquire::http::Timeout=10',
  ]
  const options = settings.flatMap((setting) => ['-o', setting])
  return command('apt-get', ['--quiet', ...options, ...args], { cwd: cache, timeout: 300_000 })
}

/** The line of a transcript that says what is wrong. */
export function complaintOf(transcript: string): string {
  const lines = transcript.trim().split('\n')
  return lines.find((line) => line.startsWith('E: ')) ?? lines.at(-1) ?? ''
}
