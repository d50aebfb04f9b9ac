/** What each fault does, in the first sentence of its documentation. */
import { readFileSync, readdirSync } from 'node:fs'

const sources = new URL('../../../server/src/faults/', import.meta.url)

/** The sentences, by the names of the faults. */
export function sentences(): ReadonlyMap<string, string> {
  const files = readdirSync(sources).map((file) => readFileSync(new URL(file, sources), 'utf8'))
  return new Map(files.flatMap(sentencesIn))
}

function sentencesIn(source: string): [name: string, sentence: string][] {
  const makers = source.matchAll(/\/\*\*\n((?: \*.*\n)+?) \*\/\nexport const (\w+): FaultMaker/g)
  return [...makers].map(([, comment = '', name = '']) => {
    const words = comment.replaceAll(/^ \* ?/gm, '').replaceAll(/\s+/g, ' ')
    return [name, words.replace(/\.(?: .*|$)/s, '')]
  })
}
