/** Runs a client in its folder. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { command, type Outcome } from '../lib/command.ts'
import type { Errand } from './client.ts'
import type { Presence } from './presence.ts'

/**
 * Puts into the folder what the client finds there.
 *
 * @param files more than the client's own, by name
 * @param timeout milliseconds after which the client is taken to hang
 * @returns what runs it, as often as it is called
 */
export function prepare(
  { client, env }: Presence,
  errand: Errand,
  files: Readonly<Record<string, string>>,
  timeout: number,
): () => Promise<Outcome> {
  const { folder: cwd } = errand
  const { files: own, command: words, env: variables } = client.run(errand)
  for (const [name, text] of Object.entries({ ...files, ...own })) {
    const file = join(cwd, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { mode: 0o600 })
  }
  const [program, ...args] = words
  return () => command(program, args, { cwd, env: { HOME: cwd, ...env, ...variables }, timeout })
}
