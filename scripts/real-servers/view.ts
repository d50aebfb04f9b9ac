/**
 * A private view of the machine: namespaces in which /etc, /usr and /var are overlaid, /run is empty and the host has another name,
 * so that a server is installed and configured where it expects to be, and nothing of the machine is changed. The network is the
 * machine's. Whatever was started inside ends with the view, and the view ends with the process that opened it, however that ends.
 */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** What the servers call themselves: they ask the host. */
export const HOST_NAME = 'mail.example.com'

/** The last line of a script whose view is to last until it is closed. */
export const UNTIL_CLOSED = 'read -r _ || true'

export interface View {
  /** Settles when all that ran in it has ended; gives the exit status of the script, `null` if a signal ended it. */
  readonly ended: Promise<number | null>
  /** The last that was said to standard output and standard error. */
  said(): string
  /** Ends all that runs in it. */
  close(): Promise<void>
}

interface ViewOptions {
  /** Shell commands to run in it as root; the first that fails ends it. */
  readonly script: string
  /** The folder that takes what is written to /etc, /usr and /var. What is there already, is seen. */
  readonly upper: string
  /** A folder that was the `upper` of another view. */
  readonly layer?: string
}

export function openView({ script, upper, layer }: ViewOptions): View {
  const mounts = ['etc', 'usr', 'var'].map((name) => {
    const work = join(upper, '.work', name)
    for (const folder of [work, join(upper, name)]) mkdirSync(folder, { recursive: true })
    const lower = layer === undefined ? `/${name}` : `${join(layer, name)}:/${name}`
    return `mount -t overlay -o lowerdir=${lower},upperdir=${join(upper, name)},workdir=${work} overlay /${name}`
  })
  const mounting = [...mounts, 'mount -t tmpfs tmpfs /run', 'mount -t proc proc /proc']
  const commands = ['set -e', ...mounting, `hostname ${HOST_NAME}`, script].join('\n')
  const namespaces = ['--mount', '--uts', '--pid', '--fork', '--kill-child']
  const child = spawn('unshare', [...namespaces, 'sh', '-c', commands], { stdio: 'pipe' })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-10_000)))
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return {
    ended,
    said: () => said,
    close: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
