/** Programs of ours, each of which uses a library to fetch a mailbox into files of its folder, `1.eml` and so on. */
import { join } from 'node:path'
import { workspace } from '../lib/workspace.ts'
import { authority, type Command, type Errand } from './client.ts'

export function programOf(file: string): string {
  return join(import.meta.dirname, 'programs', file)
}

/** The arguments that all of them take. */
export function argumentsOf({ host, port, user, password, encryption, login, keep }: Errand): string[] {
  return [host, String(port), user, password, encryption, authority, keep ? 'keep' : 'delete', login ?? 'any']
}

/** Prints the version of a package that this workspace has of npm. */
export function npmVersion(name: string): Command {
  const manifest = join(workspace, 'node_modules', name, 'package.json')
  return [process.execPath, '--print', `require(${JSON.stringify(manifest)}).version`]
}
