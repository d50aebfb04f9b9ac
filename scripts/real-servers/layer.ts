/** Debian packages, installed into a folder of .cache/ that a view lays over the machine's own: once, and beside each other. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../lib/workspace.ts'
import { openView } from './view.ts'

const OS_RELEASE = '/etc/os-release'

const cache = join(workspace, '.cache/real-servers')

/** The reason why this machine cannot run a real server, or `undefined`. */
export function whyNotHere(): string | undefined {
  if (!existsSync(OS_RELEASE) || !/^ID=debian$/m.test(readFileSync(OS_RELEASE, 'utf8'))) {
    return 'this is not Debian, whose packages they are'
  }
  if (process.getuid?.() !== 0) return 'this is not root, who may install packages'
  const namespaces = ['--mount', '--uts', '--pid', '--fork']
  const { status, stderr, error } = spawnSync('unshare', [...namespaces, 'true'], { encoding: 'utf8' })
  return status === 0
    ? undefined
    : `namespaces of its own are refused (a container needs --privileged): ${error?.message ?? stderr.trim()}`
}

const layers = new Map<string, Promise<string>>()

/** Gives the folder of these packages, after having installed them if need be. */
export function layerOf(packages: readonly string[]): Promise<string> {
  const release = readFileSync('/etc/debian_version', 'utf8').trim()
  const name = `debian-${release}-${packages.join('-')}`
  const layer = layers.get(name) ?? install(packages, join(cache, name))
  layers.set(name, layer)
  return layer
}

async function install(packages: readonly string[], layer: string): Promise<string> {
  if (existsSync(layer)) return layer
  mkdirSync(cache, { recursive: true })
  const upper = mkdtempSync(join(cache, 'installing-'))
  const view = openView({ upper, script: installation(packages) })
  const status = await view.ended
  // Another process may have been faster.
  if (status === 0 && !existsSync(layer)) renameSync(upper, layer)
  else rmSync(upper, { recursive: true })
  if (status !== 0) throw new Error(`Cannot install ${packages.join(', ')}:\n${view.said()}`)
  return layer
}

/** policy-rc.d keeps the packages from starting their daemons. */
function installation(packages: readonly string[]): string {
  return `printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
chmod +x /usr/sbin/policy-rc.d
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || true
apt-get install -y -qq --no-install-recommends ${packages.join(' ')}
apt-get clean`
}
