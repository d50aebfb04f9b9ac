/** TCP: the one place that touches the network. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Pop3ConnectOptions } from './options.ts'

/** The transport that was given, or a connection that is being made. */
export function dial({ host, port = 110, transport }: Pop3ConnectOptions): Duplex {
  if ((host === undefined) === (transport === undefined)) {
    throw new Pop3ArgumentError('Cannot connect: expected either a host or a transport')
  }
  if (transport) return transport
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Pop3ArgumentError(`Cannot connect to port ${port}: expected an integer from 1 to 65535`)
  }
  // Commands are short: they must not wait for each other to fill a segment
  return connect({ host, port, noDelay: true })
}
