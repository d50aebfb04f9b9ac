import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixture } from '../lib/fixture.test-support.ts'
import { inTemporaryFolder, pack } from '../lib/pack.ts'
import { tryOut } from './project.ts'

const declared = { '@pop3kit/two': '^1.0.0' }

/** Whether a project can load `one`, which needs `two`. It also has `three`, which declares that it needs `two`. */
async function loads(dependencies: object, settings: Readonly<Record<string, string>>): Promise<boolean> {
  const root = fixture({
    'packages/one/package.json': { name: '@pop3kit/one', version: '1.0.0', files: ['*'], dependencies },
    'packages/one/index.js': `require('@pop3kit/two')`,
    'packages/two/package.json': { name: '@pop3kit/two', version: '1.0.0', files: ['*'] },
    'packages/two/index.js': '',
    'packages/three/package.json': { name: '@pop3kit/three', version: '1.0.0', dependencies: declared },
    'user/package.json': {
      private: true,
      scripts: { load: `node -e "require('@pop3kit/one')"` },
      devDependencies: { '@pop3kit/one': '*', '@pop3kit/three': '*' },
    },
    ...settings,
  })
  return inTemporaryFolder(async (folder) => {
    const nodes = [{ version: process.versions.node, path: process.execPath }]
    const { report } = await tryOut({ folder: join(root, 'user') }, await pack(root, folder), nodes)
    return report.passed === 1
  })
}

const settings = { 'user/pnpm-workspace.yaml': 'hoist: false\n' }

test.each([
  ['npm finds what a package declares', declared, {}, true],
  ['pnpm finds what a package declares', declared, settings, true],
  ['npm also finds what another one declares', {}, {}, true],
  ['pnpm hides it, where nothing is hoisted', {}, settings, false],
])('%s', async (_, dependencies, files, found) => {
  expect(await loads(dependencies, files)).toBe(found)
})
