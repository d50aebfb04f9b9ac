/** Throw-away trees of files for the tests of the checks. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { workspace } from './workspace.ts'

/** Writes a tree of files (path to content) that lasts as long as the test. It finds the workspace's node_modules. */
export function fixture(files: Readonly<Record<string, string | object>>): string {
  const root = mkdtempSync(join(tmpdir(), 'pop3kit-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  symlinkSync(join(workspace, 'node_modules'), join(root, 'node_modules'), 'junction')
  return root
}
