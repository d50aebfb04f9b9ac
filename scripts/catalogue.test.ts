import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pageWithCatalogue } from './catalogue.ts'
import { workspace } from './lib/workspace.ts'

const page = readFileSync(join(workspace, 'docs/faults.md'), 'utf8')

test('docs/faults.md has each of M1 to M74, as the files have them', async () => {
  expect(await pageWithCatalogue(page, workspace)).toBe(page)
  const numbers = [...page.matchAll(/^\| M(\d+) /gm)].map(([, number]) => Number(number))
  expect(numbers).toEqual(Array.from({ length: 74 }, (_, index) => index + 1))
})

test('a page that differs from the files is found', async () => {
  const stale = page.replace('| M59 ', '| M60 ')
  expect(await pageWithCatalogue(stale, workspace)).not.toBe(stale)
})

test('a page without a place for the catalogue is refused', async () => {
  await expect(pageWithCatalogue('# Faults\n', workspace)).rejects.toThrow('Cannot find the place of the catalogue')
})
