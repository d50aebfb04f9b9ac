/** Programs of ours, each of which uses a library to fetch a mailbox into files of its folder, `1.eml` and so on. */
import { join } from 'node:path'
import { authority, type Errand } from './client.ts'

export function programOf(file: string): string {
  return join(import.meta.dirname, 'programs', file)
}

/** The arguments that all of them take. */
export function argumentsOf({ host, port, user, password, encryption, login, keep }: Errand): string[] {
  return [host, String(port), user, password, encryption, authority, keep ? 'keep' : 'delete', login ?? 'any']
}
