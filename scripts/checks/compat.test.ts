import { expect, test } from 'vitest'
import { fixture } from '../lib/fixture.test-support.ts'
import { compatProblems } from './compat.ts'

/** A workspace of one package, on the present Node. */
async function problemsOf(suite: string, build: string): Promise<string> {
  const root = fixture({
    'packages/lib/package.json': { name: 'lib', exports: { '.': './dist/index.mjs' } },
    'packages/lib/a.test.js': `import { expect, test } from 'vitest'\n${suite}`,
    'dist/index.mjs': build,
    'vitest.config.js': `export default { test: { projects: [{ test: { name: 'lib', root: 'packages/lib' } }] } }`,
    'package.json': { name: 'lib', exports: './dist/index.mjs' },
  })
  return (await compatProblems(root, process.execPath, 'compat-test')).join('\n')
}

test('A suite that passes and files that load are fine', async () => {
  expect(await problemsOf(`test('adds', () => expect(1 + 1).toBe(2))`, 'export const n = 1')).toBe('')
})

test('A suite that fails on that Node is a problem', async () => {
  expect(await problemsOf(`test('adds', () => expect(1 + 1).toBe(3))`, 'export const n = 1')).toContain(
    'expected 2 to be 3',
  )
})

test('A built file that does not load on that Node is a problem', async () => {
  expect(await problemsOf(`test('adds', () => expect(1 + 1).toBe(2))`, 'using x = 1 +')).toContain('SyntaxError')
})
