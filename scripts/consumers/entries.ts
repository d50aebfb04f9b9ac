/** Every entry of every library, as programs import it: from the `exports` of the tarballs, so that none is forgotten. */
import { loadBothWays } from '../lib/load-both-ways.ts'
import { isCode, isLibrary, type Package } from '../lib/workspace.ts'

interface Entry {
  /** What programs import. */
  readonly name: string
  /** Whether there are types for CommonJS. */
  readonly dual: boolean
}

/** Entries that register matchers with a runner, and load nowhere else. */
const runners = /^@pop3kit\/testing\/(vitest|jest)/

/** The programs of the project `entries`: one that loads each, and two modules for compilers. */
export function entryFiles(packages: readonly Package[]): Record<string, string> {
  const entries = packages.filter(isLibrary).flatMap(entriesOf)
  const dual = entries.filter(({ dual }) => dual)
  return {
    'load.cjs': loadBothWays(entries.map(({ name }) => name).filter((name) => !runners.test(name))),
    'entries.mts': importing(entries),
    'entries.cts': importing(dual),
  }
}

function entriesOf({ manifest: { name, exports = {} } }: Package): Entry[] {
  return Object.entries(exports)
    .filter(([path]) => isCode(path))
    .map(([path, conditions]) => ({ name: name + path.slice(1), dual: isForBoth(conditions) }))
}

/** Whether an entry loads with `require` as well as with `import`. */
const isForBoth = (conditions: unknown): boolean =>
  typeof conditions === 'object' && conditions !== null && 'require' in conditions

function importing(entries: readonly Entry[]): string {
  const imports = entries.map(({ name }, index) => `import * as entry${index} from '${name}'\n`)
  return `${imports.join('')}export const entries = [${entries.map((_, index) => `entry${index}`).join(', ')}]\n`
}
