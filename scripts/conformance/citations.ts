/** Which test files cite a requirement: their titles begin with its number, "R9, M17: strips one dot". */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const places = ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts']

/** The numbers at the beginning of a title: R, and what else is cited there (M, D). */
const title = /(['"`])((?:[RMD]\d+(?:, | to ))*[RMD]\d+): /g

/** The numbers that a test file cites. */
export function citedIn(source: string): Set<number> {
  const lists = Array.from(source.matchAll(title), ([, , list = '']) => list)
  return new Set(lists.flatMap(numbersIn))
}

function numbersIn(list: string): number[] {
  return list.split(', ').flatMap((item) => {
    const [first, last] = item.split(' to ').map((name) => (name.startsWith('R') ? Number(name.slice(1)) : Number.NaN))
    if (first === undefined || Number.isNaN(first)) return []
    return Array.from({ length: (last ?? first) - first + 1 }, (_, step) => first + step)
  })
}

/** The test files by the numbers that they cite. */
export function citations(root: string): Map<number, string[]> {
  const found = new Map<number, string[]>()
  for (const file of globSync(places, { cwd: root }).toSorted()) {
    for (const number of citedIn(readFileSync(join(root, file), 'utf8'))) {
      found.set(number, [...(found.get(number) ?? []), file.replaceAll('\\', '/')])
    }
  }
  return found
}
