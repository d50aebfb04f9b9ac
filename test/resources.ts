/** What a process holds, and what it leaves behind in the system. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'

/** The handles and requests that keep the process alive, by kind: `TCPServerWrap 2`. */
export function handles(): string {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ') || 'none'
}

/** Megabytes, when all that is garbage was collected: for a program that runs with --expose-gc. What sockets held is free only later. */
export async function heap(): Promise<number> {
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc?.()
    await setTimeout(100)
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 2 ** 20
}

/** Open file descriptors, where the system tells them. */
export function descriptors(): number | undefined {
  return existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : undefined
}

/** Connections of the whole machine in TIME_WAIT, where the system tells them. */
export function timeWaits(): number | undefined {
  const file = '/proc/net/tcp'
  return existsSync(file) ? (readFileSync(file, 'latin1').match(/^ *\d+: \S+ \S+ 06 /gm)?.length ?? 0) : undefined
}
