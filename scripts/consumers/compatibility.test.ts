import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { OLDEST_NODE, TOOLS_NODE } from '../lib/node-versions.mjs'
import { workspace, type Manifest } from '../lib/workspace.ts'

const page = readFileSync(join(workspace, 'docs/compatibility.md'), 'utf8')

test.each(globSync('projects/*/package.json', { cwd: import.meta.dirname }))(
  'What %s is tried with is on the page',
  (file) => {
    const { devDependencies = {} }: Manifest = JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'))
    const tools = Object.entries(devDependencies).filter(([name]) => !/pop3kit|^@types\/node$/.test(name))
    const versions = tools.map(([name, range]) => (name.startsWith('typescript') ? /[\d.]+$/.exec(range)?.[0] : range))
    expect(versions.filter((version) => !page.includes(version ?? ''))).toEqual([])
    const names = tools.map(([name]) => name.replace(/-5\.9$/, ''))
    expect(names.filter((name) => !page.includes(name))).toEqual([])
  },
)

test('The Nodes that everything is tried on are on the page', () => {
  expect([OLDEST_NODE, TOOLS_NODE].filter((version) => !page.includes(version))).toEqual([])
})
