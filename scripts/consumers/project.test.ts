import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixture } from '../lib/fixture.test-support.ts'
import { inTemporaryFolder, pack } from '../lib/pack.ts'
import { workspace } from '../lib/workspace.ts'
import { entryFiles } from './entries.ts'
import { tryOut, type Trial } from './project.ts'

const present = { version: process.versions.node, path: process.execPath }
const tsc = `node ${join(workspace, 'node_modules/typescript/bin/tsc')}`

/** A package with two entries, whole. */
const kit: Readonly<Record<string, string>> = Object.fromEntries(
  ['index', 'extra'].flatMap((entry) => [
    [`${entry}.mjs`, 'export const n = 1\n'],
    [`${entry}.cjs`, 'exports.n = 1\n'],
    [`${entry}.d.mts`, 'export declare const n: number\n'],
    [`${entry}.d.cts`, 'export declare const n: number\n'],
  ]),
)
const conditions = (entry: string): object => ({
  import: { types: `./${entry}.d.mts`, default: `./${entry}.mjs` },
  require: { types: `./${entry}.d.cts`, default: `./${entry}.cjs` },
})
const bothEntries = { '.': conditions('index'), './extra': conditions('extra') }

/** What comes of such a package in a project that loads and type-checks every entry, and uses `extra`. */
async function trial(
  files: Readonly<Record<string, string | undefined>> = {},
  exports: object = bothEntries,
  scripts: Readonly<Record<string, string>> = { load: 'node load.cjs', types: tsc, use: 'node use.mjs' },
): Promise<Trial> {
  const packed = Object.entries({ ...kit, ...files }).flatMap(([name, source]) =>
    source === undefined ? [] : [[`packages/lib/${name}`, source]],
  )
  const root = fixture({
    ...Object.fromEntries(packed),
    'packages/lib/package.json': { name: '@pop3kit/lib', version: '1.0.0', files: ['*'], exports },
    'user/package.json': { private: true, scripts, devDependencies: { '@pop3kit/lib': '*' } },
    'user/use.mjs': `import { n } from '@pop3kit/lib/extra'\nconsole.log(n)\n`,
    'user/tsconfig.json': {
      compilerOptions: { module: 'nodenext', strict: true, noEmit: true, types: [] },
      files: ['entries.mts', 'entries.cts'],
    },
  })
  return inTemporaryFolder(async (folder) => {
    const tarballs = await pack(root, folder)
    return tryOut({ folder: join(root, 'user'), added: entryFiles(tarballs) }, tarballs, [present])
  })
}

test('A package that is whole passes with every script', async () => {
  expect(await trial()).toEqual({ report: { passed: 3, failed: [], skipped: [] }, problems: [] })
})

test.each([
  ['lacks an entry', {}, { '.': conditions('index') }, 'use', `Package subpath './extra' is not defined`],
  ['lacks the file of an entry', { 'extra.mjs': undefined }, bothEntries, 'load', 'Cannot find module'],
  ['lacks types for ESM', { 'extra.d.mts': undefined }, bothEntries, 'types', 'entries.mts(2,25): error TS7016'],
  ['lacks types for CommonJS', { 'extra.d.cts': undefined }, bothEntries, 'types', 'entries.cts(2,25): error TS7016'],
  ['has types with an error', { 'index.d.cts': 'export declare const n: N\n' }, bothEntries, 'types', 'TS2304'],
  ['gives other names with require', { 'extra.cjs': 'exports.m = 1\n' }, bothEntries, 'load', 'strictly deep-equal'],
  ['needs what it does not declare', { 'index.cjs': `require('chalk')\n` }, bothEntries, 'load', `find module 'chalk'`],
])('A package that %s fails, and what was said is shown', async (_, files, exports, script, said) => {
  const { report, problems } = await trial(files, exports)
  expect(report.failed).toContain(`user, ${script} on Node ${present.version}: ended badly`)
  expect(problems.join('\n')).toContain(said)
})

test('A suite counts as its tests, and the transcript of one that fails is shown', async () => {
  const statuses = ['passed', 'passed', 'failed']
  const assertionResults = statuses.map((status, index) => ({ fullName: `test ${index}`, status }))
  const results = JSON.stringify({ testResults: [{ name: 'a.js', status: 'failed', assertionResults }] })
  const suite = `import { writeFileSync } from 'node:fs'
    writeFileSync('results.json', ${JSON.stringify(results)})
    console.log('Expected 2, received 3')
    process.exitCode = 1`
  const { report, problems } = await trial({ 'extra.mjs': `${suite}\nexport const n = 1` }, bothEntries, {
    test: 'node use.mjs',
  })
  expect(report).toEqual({
    passed: 2,
    failed: [`user, test on Node ${present.version}: a.js > test 2`],
    skipped: [],
  })
  expect(problems.join('\n')).toContain('Expected 2, received 3')
})
