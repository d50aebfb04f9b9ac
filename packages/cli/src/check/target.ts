/** Which server: `HOST:PORT`, `HOST`, `[::1]:110`. */
import { InvalidArgumentError } from 'commander'

/** Where a server is; without a port it is the usual one. */
export interface Target {
  readonly host: string
  readonly port: number | undefined
}

/** @throws {InvalidArgumentError} When it is neither a host nor a host with a port. */
export function parseTarget(text: string): Target {
  const [, inBrackets, plain, port] = /^(?:\[([^\]]+)\]|([^:[\]\s]+))(?::(\d+))?$/.exec(text) ?? []
  const host = inBrackets ?? plain
  if (host === undefined || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) {
    throw new InvalidArgumentError('Expected a host, or a host and a port from 1 to 65535 with a colon between them.')
  }
  return { host, port: port === undefined ? undefined : Number(port) }
}

/** Where a server is, as a person types it. */
export const formatTarget = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`
