/**
 * The client's end of a TCP connection, when it is a socket of this process: then it is known what it has read, and a split is proved.
 * Clients are found through the diagnostics channel `net.client.socket`, which Node documents; before Node 24 it does not tell of
 * `tls.connect()`.
 */
import { subscribe } from 'node:diagnostics_channel'
import { Socket } from 'node:net'
import type { ReadingClient } from './wire.ts'

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

/** The client's socket of this connection, if it is in this process and thread. */
export function clientSocketOf(server: Socket): Socket | undefined {
  for (const reference of clients) {
    const socket = reference.deref()
    if (socket?.localPort === server.remotePort && socket?.remotePort === server.localPort) return socket
  }
  return undefined
}

/** What the client of this connection has read and written, if it is in this process and thread. */
export function clientOf(server: Socket): ReadingClient | undefined {
  const socket = clientSocketOf(server)
  if (socket === undefined) return undefined
  // A TLSSocket has this and says `true`.
  return { bytesRead: socket.bytesRead, bytesWritten: socket.bytesWritten, encrypted: 'encrypted' in socket }
}
