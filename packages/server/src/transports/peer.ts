/**
 * The client's end of a TCP connection. When it is a socket of this process and thread, it is known what it has read, and a split is proved.
 * Such sockets are found through the diagnostics channel `net.client.socket`, which Node documents; before Node 24 it does not tell of
 * `tls.connect()`. Of other clients on this machine the kernel knows.
 */
import { subscribe } from 'node:diagnostics_channel'
import { Socket } from 'node:net'
import { peerHasRead } from './proc-net-tcp.ts'

/** What was sent either way, and what has arrived of it, in octets that both ends count alike. */
interface Traffic {
  readonly toClient: { readonly sent: number; readonly read: number }
  readonly toServer: { readonly sent: number; readonly read: number }
}

/** What a socket counts: octets that were written to it and read from it. */
type Counted = Pick<Socket, 'bytesWritten' | 'bytesRead'>

/** The client's end of a connection, as far as it can be known. */
export interface Peer {
  /** Its socket, if it is in this process and thread. */
  readonly socket: Socket | undefined
  /** What is on its way, if its socket is known. `secured`: the server's end of TLS, once that is there. */
  traffic(secured: Counted | undefined): Traffic | undefined
  /** Whether it has read all that was sent, as the kernel sees it; `undefined` where that does not know. */
  hasRead(): Promise<boolean | undefined>
}

const clients = new Set<WeakRef<Socket>>()

let isListening = false

/** Begins to notice the sockets that connect from this process. */
export function noticeClients(): void {
  if (isListening) return
  isListening = true
  subscribe('net.client.socket', (message) => {
    const socket = typeof message === 'object' && message !== null && 'socket' in message ? message.socket : undefined
    if (socket instanceof Socket) noticeClient(socket)
  })
}

/** Notices a socket of this process that is about to connect. */
export function noticeClient(socket: Socket): void {
  if (clients.size % 1000 === 0) prune()
  clients.add(new WeakRef(socket))
}

/** An application may open many sockets that are not for us. */
function prune(): void {
  for (const reference of clients) {
    if (reference.deref()?.destroyed !== false) clients.delete(reference)
  }
}

/** The client's end of the connection that this is the server's end of. */
export function peerOf(server: Socket): Peer {
  let found: Socket | undefined
  const client = (): Socket | undefined => {
    found ??= findClientOf(server)
    return found?.destroyed === false ? found : undefined
  }
  return {
    get socket() {
      return client()
    },
    traffic: (secured) => trafficBetween(server, client(), secured),
    hasRead: () => peerHasRead(server),
  }
}

/** Takes the client of this connection out of those that nobody has asked for yet. */
function findClientOf({ localPort, remotePort }: Socket): Socket | undefined {
  // Neither a socket that is gone nor one that has not connected yet has ports.
  if (localPort === undefined || remotePort === undefined) return undefined
  for (const reference of clients) {
    const socket = reference.deref()
    if (socket?.localPort !== remotePort || socket.remotePort !== localPort) continue
    clients.delete(reference)
    return socket
  }
  return undefined
}

function trafficBetween(
  server: Counted,
  client: Socket | undefined,
  secured: Counted | undefined,
): Traffic | undefined {
  if (client === undefined) return undefined
  // A TLSSocket counts what it has decrypted; a Socket that TLS was put upon counts what is on the wire, as ours does.
  const own = 'encrypted' in client ? secured : server
  return (
    own && {
      toClient: { sent: own.bytesWritten, read: client.bytesRead },
      toServer: { sent: client.bytesWritten, read: own.bytesRead },
    }
  )
}
