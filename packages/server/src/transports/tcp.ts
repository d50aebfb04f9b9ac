/** Connections over TCP. */
import { type AddressInfo, type Server, createServer } from 'node:net'
import { Pop3ListenError } from '../errors.ts'
import { noticeClients, peerOf } from './peer.ts'
import { Wire } from './wire.ts'

/** Where to listen. */
export interface ListenOptions {
  /** The address; loopback only when it is not named. @default {'127.0.0.1'} */
  readonly host?: string | undefined
  /** The port; 0 for a free one. @default {0} */
  readonly port?: number | undefined
  /** `implicit`: the TLS handshake comes first, as on port 995; `none`: the client may ask for it with STLS. @default {'none'} */
  readonly tls?: 'none' | 'implicit' | undefined
}

/** A listening socket. */
export class TcpListener {
  readonly host: string
  readonly port: number
  readonly tls: 'none' | 'implicit'
  readonly #server: Server

  private constructor(server: Server, { address, port }: AddressInfo, tls: 'none' | 'implicit') {
    this.#server = server
    this.host = address
    this.port = port
    this.tls = tls
  }

  /** @throws {Pop3ListenError} When the address cannot be listened on: the port is taken, the host is not this machine's. */
  static async open(
    { host = '127.0.0.1', port = 0, tls = 'none' }: ListenOptions,
    onConnection: (wire: Wire) => void,
  ): Promise<TcpListener> {
    noticeClients()
    // A client that has sent its last command and closed its half still gets the replies.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      const reset = (): void => void socket.resetAndDestroy()
      onConnection(new Wire(socket, { transport: 'tcp', reset, peer: peerOf(socket) }))
    })
    await new Promise<void>((resolve, reject) => {
      server.on('error', (cause) => reject(new Pop3ListenError(host, port, cause)))
      server.listen({ host, port }, resolve)
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('A server that listens on TCP has a port')
    if (!isLoopback(address.address)) {
      process.emitWarning(`pop3kit listens on ${address.address} port ${address.port}: other machines can reach it`, {
        code: 'POP3KIT_NOT_LOOPBACK',
      })
    }
    return new TcpListener(server, address, tls)
  }

  /** Takes no more connections; those there are stay. */
  close(): void {
    this.#server.close()
  }
}

/** Whether nobody but this machine reaches an address. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === '::ffff:127.0.0.1'
}
