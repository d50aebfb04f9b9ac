/** Debian packages, installed into a folder of .cache/ that a view lays over the machine's own: once, and beside each other. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { workspace } from '../lib/workspace.ts'
import { openView } from './view.ts'

const cache = join(workspace, '.cache/real-servers')

/** The reason why this machine cannot run a real server, or `undefined`. */
export function whyNotHere(): string | undefined {
  if (!existsSync('/etc/debian_version')) return 'this is not Debian, whose packages they are'
  if (process.getuid?.() !== 0) return 'this is not root, who may install packages'
  const { status, stderr } = spawnSync('unshare', ['--mount', '--uts', '--pid', '--fork', 'true'], { encoding: 'utf8' })
  return status === 0
    ? undefined
    : `namespaces of its own are refused (a container needs --privileged): ${stderr.trim()}`
}

/** Gives the folder of these packages, after having installed them if need be. */
export async function layerOf(packages: readonly string[]): Promise<string> {
  const release = readFileSync('/etc/debian_version', 'utf8').trim()
  const layer = join(cache, `debian-${release}-${packages.join('-')}`)
  if (existsSync(layer)) return layer
  mkdirSync(cache, { recursive: true })
  const upper = await mkdtemp(join(cache, 'installing-'))
  const view = openView({ upper, script: installation(packages) })
  const status = await view.ended
  if (status !== 0) {
    rmSync(upper, { recursive: true })
    throw new Error(`Cannot install ${packages.join(', ')}:\n${view.said()}`)
  }
  // Somebody else may have been faster.
  if (existsSync(layer)) rmSync(upper, { recursive: true })
  else renameSync(upper, layer)
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
