/** Nodes of other versions than the present one. */
import { delimiter, dirname } from 'node:path'
import { command } from './command.ts'
import { nodePackage } from './node-versions.mjs'
import { workspace } from './workspace.ts'

/**
 * The path of a Node of this version. pnpm fetches it, and keeps it; where npm has none for this platform, there is none.
 *
 * @throws {Error} with what pnpm said when it failed for another reason
 */
export async function nodeOf(version: string): Promise<string | undefined> {
  if (version === process.versions.node) return process.execPath
  const fetching = [`--package=${nodePackage(version)}`, '--silent', 'dlx', 'node', '-p', 'process.execPath']
  const { ok, stdout, transcript } = await command('pnpm', fetching, { cwd: workspace })
  if (ok) return stdout.trim()
  if (transcript.includes('ERR_PNPM_NO_MATCHING_VERSION')) return undefined
  throw new Error(transcript)
}

/** The environment in which a Node is the one that programs find. */
export function environmentOf(node: string): Record<string, string> {
  return { PATH: dirname(node) + delimiter + process.env['PATH'] }
}
