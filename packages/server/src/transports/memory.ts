/** Connections without a port: two ends of a stream in this process. Every write arrives as a chunk of its own. */
import { Duplex } from 'node:stream'
import { soon } from '../clock.ts'
import { Wire } from './wire.ts'

/** The error that a socket has when its peer resets. */
function connectionReset(syscall: 'read' | 'write'): Error {
  return Object.assign(new Error(`${syscall} ECONNRESET`), { code: 'ECONNRESET', errno: -104, syscall })
}

/**
 * One end. Not one of `stream.duplexPair()`: there, what the other end learns of a `destroy()` depends on the version of Node.
 */
class MemoryEnd extends Duplex {
  peer: MemoryEnd | undefined
  /** Calls back the peer's write when there is room again. */
  #readOn: (() => void) | undefined
  #ended = false
  #isLeftToTls = false

  /**
   * TLS reads it from now on, and closes it when all of that is read. If it closed first, TLS would throw away what nobody has read yet,
   * which over TCP never happens. The goodbye of TLS may then come when the other end is gone.
   */
  leaveToTls(): void {
    this.#isLeftToTls = true
    this.allowHalfOpen = true
  }

  override _read(): void {
    const readOn = this.#readOn
    this.#readOn = undefined
    readOn?.()
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    const { peer } = this
    // As from a socket, nothing arrives while it is being sent: a TLS handshake would be over before anybody could listen for it.
    void soon(() => {
      if (peer === undefined || peer.destroyed) callback(this.#isLeftToTls ? null : connectionReset('write'))
      else if (peer.push(chunk)) callback()
      else peer.#readOn = callback
    })
  }

  override _final(callback: () => void): void {
    const { peer } = this
    if (peer !== undefined) peer.#end()
    callback()
  }

  /** The other end reads what was written before, then learns that nobody is there any more. */
  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    const { peer } = this
    if (peer !== undefined && !peer.destroyed) {
      peer.#end()
      if (!peer.#isLeftToTls) peer.#destroyAtEnd()
    }
    this.#readOn?.()
    callback(error)
  }

  #destroyAtEnd(): void {
    if (this.readableEnded) this.destroy()
    else this.once('end', () => this.destroy())
  }

  #end(): void {
    if (!this.#ended) void soon(() => this.push(null))
    this.#ended = true
  }
}

/** A client's end, and the wire of the server's. */
export function memoryConnection(): { client: Duplex; wire: Wire } {
  // As sockets are: the client's closes when the server closes, the server's stays half open (net.createServer, tcp.ts).
  const client = new MemoryEnd({ allowHalfOpen: false })
  const server = new MemoryEnd({ allowHalfOpen: true })
  client.peer = server
  server.peer = client
  const reset = (): void => {
    client.destroy(connectionReset('read'))
    server.destroy()
  }
  const onTls = (): void => client.leaveToTls()
  return { client, wire: new Wire(server, { transport: 'memory', reset, onTls }) }
}
