/**
 * How a project gets its packages: by npm, which puts them all into one folder, or by pnpm where it has pnpm-workspace.yaml, which can
 * hide from a package what others declare. Tarballs stand for all packages of the kit, those too that only others of the kit depend on:
 * the registry is not to be asked for them.
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, type Outcome } from '../lib/command.ts'
import type { Tarball } from '../lib/pack.ts'

export interface ProjectManifest {
  readonly scripts: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

/** pnpm points NODE_PATH at the workspace's modules, where a package would find what it does not declare. */
export const outside: Readonly<Record<string, string>> = { NODE_PATH: '' }

/** Puts the tarballs where the project names packages of the kit, and installs. */
export async function install(cwd: string, tarballs: readonly Tarball[]): Promise<Outcome> {
  const kit = Object.fromEntries(tarballs.map(({ manifest, path }) => [manifest.name, `file:${path}`]))
  const manifest = manifestOf(cwd)
  const tools = Object.entries(manifest.devDependencies).map(([name, range]) => [name, kit[name] ?? range])
  const equipped = { ...manifest, devDependencies: Object.fromEntries(tools) }
  const settings = join(cwd, 'pnpm-workspace.yaml')
  const pnpm = existsSync(settings)
  // JSON is YAML.
  if (pnpm) appendFileSync(settings, `overrides: ${JSON.stringify(kit)}\n`)
  writeFileSync(join(cwd, 'package.json'), JSON.stringify(pnpm ? equipped : { ...equipped, overrides: kit }))
  return pnpm
    ? command('pnpm', ['install', '--prefer-offline', '--no-frozen-lockfile'], { cwd, env: outside })
    : command('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd, env: outside })
}

export function manifestOf(folder: string): ProjectManifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}
