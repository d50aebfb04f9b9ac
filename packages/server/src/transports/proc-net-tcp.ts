/**
 * What Linux knows of the connections of this machine, from `/proc/net/tcp` and `/proc/net/tcp6` (proc(5)): what a peer in another thread
 * or process has not read yet. docs/decisions/0012-proof-across-processes.md says why.
 */
import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'

/** A connection as one of its ends has it. */
interface Row {
  readonly local: string
  readonly remote: string
  /** Octets that were sent and are not acknowledged. */
  readonly unacknowledged: number
  /** Octets that have come and were not read by the program. */
  readonly unread: number
}

/**
 * Whether the peer of a socket has read all that was sent to it: the kernel of this machine has all of it, and the program has taken
 * all of that. `undefined` where it cannot be known: on other systems, and for a peer on another machine or in another container.
 */
export async function peerHasRead({ localPort, remotePort, remoteFamily }: Socket): Promise<boolean | undefined> {
  if (process.platform !== 'linux') return undefined
  const rows = await rowsOf(remoteFamily === 'IPv4' ? ['tcp'] : ['tcp6', 'tcp'])
  const own = rows.filter(({ local, remote }) => portOf(local) === localPort && portOf(remote) === remotePort)
  const [server, another] = own
  // Other connections may have the same two ports, between other addresses.
  if (server === undefined || another !== undefined) return undefined
  const peer = rows.find(({ local, remote }) => local === server.remote && remote === server.local)
  return peer && server.unacknowledged === 0 && peer.unread === 0
}

async function rowsOf(files: readonly string[]): Promise<Row[]> {
  const texts = await Promise.all(files.map((name) => readFile(`/proc/net/${name}`, 'latin1').catch(() => '')))
  return texts.flatMap((text) => Array.from(text.matchAll(rowShape), rowOf))
}

/**
 * `sl: local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode`. Whoever is gone, and be it in TIME_WAIT, has
 * the inode 0, and no unread octets either.
 */
const rowShape =
  /^ *\d+: ([\dA-F]+:[\dA-F]{4}) ([\dA-F]+:[\dA-F]{4}) [\dA-F]{2} ([\dA-F]{8}):([\dA-F]{8}) \S+ \S+ +\d+ +\d+ [1-9]/gm

function rowOf([, local = '', remote = '', unacknowledged = '', unread = '']: RegExpExecArray): Row {
  return {
    local: withoutMapping(local),
    remote: withoutMapping(remote),
    unacknowledged: Number.parseInt(unacknowledged, 16),
    unread: Number.parseInt(unread, 16),
  }
}

/** An IPv4 address that is written as an IPv6 one (RFC 4291 section 2.5.5.2), in the order of octets of either kind of machine. */
const withoutMapping = (end: string): string => end.replace(/^0{16}(?:FFFF0000|0000FFFF)/, '')

const portOf = (end: string): number => Number.parseInt(end.slice(-4), 16)
