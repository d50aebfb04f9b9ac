import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FaultMaker, fault } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { pageWithCatalogue } from './catalogue.ts'
import { workspace } from './lib/workspace.ts'

const page = readFileSync(join(workspace, 'docs/faults.md'), 'utf8')

test('docs/faults.md has each of M1 to M74, as the files have them', async () => {
  expect(await pageWithCatalogue(page, workspace)).toBe(page)
  const numbers = [...page.matchAll(/^\| M(\d+) /gm)].map(([, number]) => Number(number))
  expect(numbers).toEqual(Array.from({ length: 74 }, (_, index) => index + 1))
})

test('docs/faults.md tells of every fault, and of every word that one takes', () => {
  for (const [name, { takes }] of Object.entries<FaultMaker<never>>(fault)) {
    const words = [...JSON.stringify(takes).matchAll(/"enum":(\[.*?\])/g)].flatMap(([, list = '[]']): unknown[] =>
      JSON.parse(list),
    )
    expect(page).toMatch(new RegExp(`\`${name}\\(`))
    for (const word of words) expect(page, `the ${String(word)} of ${name}`).toContain(`'${String(word)}'`)
  }
})

test('a page that differs from the files is found', async () => {
  const stale = page.replace('| M59 ', '| M60 ')
  expect(await pageWithCatalogue(stale, workspace)).not.toBe(stale)
})

test('a page without a place for the catalogue is refused', async () => {
  await expect(pageWithCatalogue('# Faults\n', workspace)).rejects.toThrow('Cannot find the place of the catalogue')
})
