/** TCP and TLS: the one place that touches the network. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { connect, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ConnectionOptions } from 'node:tls'
import type { Pop3ConnectOptions } from './options.ts'
import { tlsOptions } from './tls.ts'

/** The transport that was given, or a connection that is being made. */
export function dial({
  host,
  tls,
  port = tlsOptions(tls).mode === 'implicit' ? 995 : 110,
  transport,
}: Pop3ConnectOptions): Duplex {
  if (transport) return transport
  if (host === undefined) throw new Pop3ArgumentError('Cannot connect: expected a host or a transport')
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Pop3ArgumentError(`Cannot connect to port ${port}: expected an integer from 1 to 65535`)
  }
  // Commands are short: they must not wait for each other to fill a segment
  return connect({ host, port, noDelay: true })
}

/** TLS over a connection, its handshake begun. Throws what Node throws about the options. */
export function secure(transport: Duplex, host: string | undefined, options: ConnectionOptions): Duplex {
  // Loaded when it is needed: it takes longer than all the rest together
  const tls = process.getBuiltinModule('node:tls')
  // An address is looked for in the certificate, but is no name to ask for one by (RFC 6066 section 3)
  const servername = host === undefined || isIP(host) ? {} : { servername: host }
  return tls.connect({ ...(host === undefined ? {} : { host }), ...servername, ...options, socket: transport })
}
