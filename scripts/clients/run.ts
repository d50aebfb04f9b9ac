/** Runs a client in its folder. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { command, type CommandOptions, type Outcome } from '../lib/command.ts'
import type { Errand } from './client.ts'
import type { Presence } from './presence.ts'

/**
 * Puts into the folder what the client finds there.
 *
 * @param files more than the client's own, by name
 * @returns what runs it, as often as it is called, until it ends or is ended
 */
export function prepare(
  { client, env }: Presence,
  errand: Errand,
  files: Readonly<Record<string, string>>,
): (limits: Pick<CommandOptions, 'timeout' | 'onStart'>) => Promise<Outcome> {
  const { folder: cwd } = errand
  const { files: own, command: words, env: variables } = client.run(errand)
  for (const [name, text] of Object.entries({ ...files, ...own })) {
    const file = join(cwd, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { mode: 0o600 })
  }
  const [program, ...args] = words
  const content = [0, ...(client.contentWith ?? [])]
  return async (limits) => {
    const outcome = await command(program, args, { ...limits, cwd, env: { HOME: cwd, ...env, ...variables } })
    return { ...outcome, ok: content.some((status) => status === outcome.status) }
  }
}
