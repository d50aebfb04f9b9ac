import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { command } from './lib/command.ts'
import { fixture } from './lib/fixture.test-support.ts'
import { inTemporaryFolder, pack } from './lib/pack.ts'
import { describe, hasChanges } from './release.ts'

test('A work tree with a file that is not committed has changes', async () => {
  const root = fixture({ '.gitignore': 'node_modules\n' })
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.org']
  await command('git', ['init', '--quiet'], { cwd: root })
  await command('git', ['add', '--all'], { cwd: root })
  await command('git', [...author, 'commit', '--quiet', '--message', 'Begin'], { cwd: root })
  expect(await hasChanges(root)).toBe(false)
  writeFileSync(join(root, 'new.txt'), '')
  expect(await hasChanges(root)).toBe(true)
})

test('A package is shown with its version, its size and its files', async () => {
  const root = fixture({
    'packages/lib/package.json': { name: '@pop3kit/lib', version: '1.2.3', files: ['a.js'] },
    'packages/lib/a.js': '',
    'packages/lib/b.js': '',
  })
  const [tarball] = await inTemporaryFolder((folder) => pack(root, folder))
  expect(tarball && describe(tarball)).toMatch(
    /^@pop3kit\/lib 1\.2\.3: 0\.\d kB packed, 2 files\n  a\.js\n  package\.json$/,
  )
})
