/** The workspace and its packages. */
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export const workspace: string = join(import.meta.dirname, '../..')

export interface Manifest {
  readonly name: string
  readonly version: string
  /** Whether it is not published but built into those that are. */
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export interface Package {
  /** The name of its folder in packages/. */
  readonly id: string
  readonly folder: string
  readonly manifest: Manifest
}

export function packagesOf(root: string): Package[] {
  return globSync('packages/*/package.json', { cwd: root })
    .toSorted()
    .map((file) => {
      const folder = join(root, dirname(file))
      const manifest: Manifest = JSON.parse(readFileSync(join(root, file), 'utf8'))
      return { id: basename(folder), folder, manifest }
    })
}

/** Whether programs can have it. */
export function isPublished({ manifest }: Package): boolean {
  return manifest.private !== true
}

/** Whether programs import it: all that are published but the command line. */
export function isLibrary(item: Package): boolean {
  return isPublished(item) && item.manifest.exports?.['.'] !== undefined
}

/** The entries of a library that are code, by the names of their files: `index`, and `vitest` for what is imported as `@pop3kit/testing/vitest`. */
export function entriesOf({ exports = {} }: Manifest): string[] {
  return Object.keys(exports)
    .filter(isCode)
    .map((path) => (path === '.' ? 'index' : path.slice('./'.length)))
}

/** Whether an entry of a package is code: the others are data, a file or a folder of them. */
export function isCode(path: string): boolean {
  return !path.endsWith('.json') && !path.endsWith('/*')
}

/** Whether a source file is only there for tests. */
export function isForTests(file: string): boolean {
  return /\.test[-.]|\bsrc[\\/](?:.*[\\/])?testing[\\/]/.test(file)
}
