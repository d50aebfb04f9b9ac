import { expect, test } from 'vitest'
import { codeBlocksOf } from '../lib/code-blocks.ts'
import { fixture } from '../lib/fixture.test-support.ts'
import { loadBothWays } from '../lib/load-both-ways.ts'
import { inTemporaryFolder, pack } from '../lib/pack.ts'
import { suitesFor, tryOut } from './consumers.ts'

const readme = '<!-- consumer: jest -->\n\n```js\ntest()\n```\n'

test('A suite is taken from the page as printed, and a page without one fails', () => {
  expect(suitesFor('jest', codeBlocksOf('README.md', readme))).toEqual({ 'README.md-4.test.js': 'test()\n' })
  expect(() => suitesFor('vitest', codeBlocksOf('README.md', readme))).toThrow(
    'no quick start behind <!-- consumer: vitest -->',
  )
  expect(() => suitesFor('jest', codeBlocksOf('docs/jest.md', readme))).toThrow('README.md has no quick start')
})

test.each([
  ['gives with require what it gives with import', 'exports.n = 1\n', ''],
  ['gives other names with require', 'exports.m = 1\n', 'Expected values to be strictly deep-equal'],
  ['does not load with require', "require('chalk')\n", "Cannot find module 'chalk'"],
])('A packed package that %s is told from the others', async (_, commonJs, problem) => {
  const exports = { '.': { import: './index.mjs', require: './index.cjs' } }
  const root = fixture({
    'packages/lib/package.json': { name: '@pop3kit/lib', version: '1.0.0', files: ['*'], exports },
    'packages/lib/index.mjs': 'export const n = 1\n',
    'packages/lib/index.cjs': commonJs,
  })
  const consumer = { tools: {}, files: {}, runs: [['node', '-e', loadBothWays(['@pop3kit/lib'])]] }
  const problems = await inTemporaryFolder(async (folder) => tryOut(consumer, await pack(root, folder)))
  expect(problems).toEqual(problem === '' ? [] : [expect.stringContaining(problem)])
})
