import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { environmentOf, unpack } from './debian.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pop3kit-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true })
})

test('Programs and modules are looked for in what was unpacked, after the machine', () => {
  const folders = ['usr/bin', 'usr/lib/x86_64-linux-gnu', 'usr/share/perl5'].map((path) => join(root, path))
  for (const folder of folders) mkdirSync(folder, { recursive: true })
  const [bin = '', libraries = '', perl = ''] = folders
  vi.stubEnv('PATH', '/bin')
  expect(environmentOf(root)).toMatchObject({
    PATH: ['/bin', bin].join(delimiter),
    LD_LIBRARY_PATH: [join(root, 'usr/lib'), libraries].join(delimiter),
    PERL5LIB: perl,
    PYTHONPATH: '',
  })
})

test('Where there is no apt, nothing is unpacked, and the reason is said', async () => {
  vi.stubEnv('PATH', root)
  await expect(unpack(join(root, 'client'), ['fetchmail'])).rejects.toThrow('spawn apt-get ENOENT')
})
