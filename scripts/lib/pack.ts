/** The packages as they are published. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command, concurrently } from './command.ts'
import { isPublished, packagesOf, type Package } from './workspace.ts'

export interface Tarball extends Package {
  readonly path: string
  /** In octets. */
  readonly size: number
  readonly files: readonly string[]
}

/** Packs each package that is published into a folder. pnpm does it: npm would leave `workspace:^` in package.json. */
export async function pack(root: string, destination: string): Promise<Tarball[]> {
  return concurrently(packagesOf(root).filter(isPublished), async (item) => {
    const { ok, stdout, transcript } = await command('pnpm', ['pack', '--json', '--pack-destination', destination], {
      cwd: item.folder,
    })
    if (!ok) throw new Error(transcript)
    const { filename, size, files }: { filename: string; size: number; files: { path: string }[] } = JSON.parse(stdout)
    return { ...item, path: filename, size, files: files.map(({ path }) => path) }
  })
}

/** Gives an action an empty folder outside the workspace, which is gone when the action is done. */
export async function inTemporaryFolder<T>(action: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'pop3kit-'))
  try {
    return await action(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
