/** Ports to listen on. */
import { InvalidArgumentError } from 'commander'

/** @throws {InvalidArgumentError} When it is no port; 0 is for a free one. */
export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Expected a number from 0 to 65535.')
  return port
}
