/** Connections without a port: two ends of a stream in this process. Every write arrives as a chunk of its own. */
import { type Duplex, duplexPair } from 'node:stream'
import { Wire } from './wire.ts'

/** A client's end, and the wire of the server's. */
export function memoryConnection(): { client: Duplex; wire: Wire } {
  const [client, server] = duplexPair()
  const reset = (): void => {
    // A pair hands on no errors: the client's end is given the one that a reset socket would have.
    client.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' }))
    server.destroy()
  }
  // A pair does not tell the other end either that one was destroyed: it only ends, as one that is half closed does.
  const follow = (): void => {
    if (client.destroyed && server.readableEnded) server.destroy()
  }
  server.once('end', follow)
  client.once('close', follow)
  return { client, wire: new Wire(server, { transport: 'memory', reset }) }
}
