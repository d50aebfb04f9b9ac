import { expect, test } from 'vitest'
import { fixture } from '../lib/fixture.test-support.ts'
import { inTemporaryFolder, pack } from '../lib/pack.ts'
import { packageProblems } from './packages.ts'

async function problemsOf(files: Record<string, string>, require: object, others: object = {}): Promise<string> {
  const types = { types: './index.d.mts', default: './index.mjs' }
  const manifest = {
    name: '@pop3kit/lib',
    version: '1.0.0',
    files: ['*'],
    exports: { '.': { import: types, require }, ...others },
  }
  const sources = { 'index.mjs': 'export const n = 1\n', 'index.d.mts': 'export declare const n: number\n', ...files }
  const paths = Object.entries(sources).map(([name, source]) => [`packages/lib/${name}`, source])
  const root = fixture({ 'packages/lib/package.json': manifest, ...Object.fromEntries(paths) })
  return inTemporaryFolder(async (folder) => (await packageProblems(await pack(root, folder))).join('\n'))
}

test('publint fails for a file that is promised and not packed', async () => {
  expect(await problemsOf({}, { default: './index.cjs' })).toContain('does not exist')
})

test('attw fails for types that say ESM where CommonJS is loaded', async () => {
  const files = { 'index.cjs': 'exports.n = 1\n' }
  expect(await problemsOf(files, { types: './index.d.mts', default: './index.cjs' })).toContain('Masquerading as ESM')
})

test('an entry that is for ESM alone is asked about apart from the others', async () => {
  const files = { 'index.cjs': 'exports.n = 1\n', 'index.d.cts': 'export declare const n: number\n' }
  const both = { types: './index.d.cts', default: './index.cjs' }
  const alone = { types: './index.d.mts', default: './index.mjs' }
  expect(await problemsOf(files, both, { './alone': alone })).toBe('')
  expect(await problemsOf(files, both, { './alone': { ...alone, types: './index.d.cts' } })).toContain('./alone')
})
