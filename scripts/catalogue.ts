/**
 * The catalogue in docs/faults.md: each misbehaviour M1 to M74 with its scenario file, made of the titles and sources in the files.
 * `pnpm catalogue` holds the page to the files, and `pnpm catalogue --update` writes it.
 */
import { loadScenario } from '@pop3kit/scenario'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { conclude } from './lib/command.ts'
import { markdownTable } from './lib/markdown-table.ts'
import { workspace } from './lib/workspace.ts'

/** The sections of the catalogue, each up to a number. */
const sections: readonly (readonly [last: number, title: string])[] = [
  [20, 'Framing and terminators'],
  [41, 'Counts, sizes, numbers and unique-ids'],
  [53, 'Optional commands and capabilities'],
  [63, 'Login'],
  [74, 'How connections live and end'],
]

const [begin, end] = [
  '<!-- The catalogue of misbehaviour: pnpm catalogue --update -->',
  '<!-- End of the catalogue -->',
]

interface Row {
  readonly number: number
  readonly cells: readonly string[]
}

/** The page with the catalogue in it as the files have it. */
export async function pageWithCatalogue(page: string, root: string): Promise<string> {
  const [before, rest] = page.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error(`Cannot find the place of the catalogue: expected "${begin}"`)
  const folder = join(root, 'fixtures/scenarios')
  const rows = await Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .toSorted()
      .map((file) => rowOf(folder, file)),
  )
  const tables = sections.map(([last, title], index) => {
    const first = (sections[index - 1]?.[0] ?? 0) + 1
    const own = rows.filter(({ number }) => number >= first && number <= last)
    return `### ${title}\n\n${markdownTable(
      ['', 'what happens', 'source', 'file'],
      own.map(({ cells }) => cells),
    )}`
  })
  return [before, begin, '\n\n', tables.join('\n\n'), '\n\n', end, after].join('')
}

async function rowOf(folder: string, file: string): Promise<Row> {
  const { title, source } = await loadScenario(join(folder, file))
  const [, number, where = ''] = /^M(\d+): (.*)$/.exec(source ?? '') ?? []
  if (number === undefined)
    throw new Error(`Cannot find the source of ${file}: expected "M" and a number, a colon and a place`)
  const name = file.replace(/\.yaml$/, '')
  return {
    number: Number(number),
    cells: [`M${number}`, title, where, `[${name}](../fixtures/scenarios/${file})`],
  }
}

if (import.meta.main) {
  const path = join(workspace, 'docs/faults.md')
  const page = readFileSync(path, 'utf8')
  const written = await pageWithCatalogue(page, workspace)
  const update = process.argv.includes('--update')
  if (update) writeFileSync(path, written)
  const isStale = !update && written !== page
  conclude(
    isStale ? ['docs/faults.md is not what fixtures/scenarios/ says; pnpm catalogue --update writes it'] : [],
    'docs/faults.md is what fixtures/scenarios/ says',
  )
}
