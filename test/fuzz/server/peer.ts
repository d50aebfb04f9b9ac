/** A client that says what it is told to, hears everything, and understands nothing. */
import type { Duration, Pop3Server } from '@pop3kit/server'
import { type Socket, connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import type { Way } from './case.ts'

/** Latin-1 text, a character an octet. */
export class Peer {
  /** What it has heard, since a handshake under TLS. */
  heard = ''
  /** What it has said. */
  said = ''
  /** Whether it may have missed what was still to come: it reset, wrote to a server that had closed, or spoilt TLS. */
  hasReset = false
  readonly #clear: Duplex
  #stream: Duplex
  #hasEnded = false

  private constructor(stream: Duplex) {
    this.#clear = stream
    this.#stream = stream
    this.#attend(stream)
  }

  static async open(server: Pop3Server, way: Way): Promise<Peer> {
    if (way === 'memory') return new Peer(server.connect())
    const address = server.addresses.find(({ tls }) => tls === (way === 'tls' ? 'implicit' : 'none'))
    if (address === undefined) throw new Error('The server of the fuzz listens')
    const before = server.sessions.length
    const peer = new Peer(connect({ host: address.host, port: address.port, noDelay: true }))
    await until(() => server.sessions.length > before || peer.#clear.destroyed, server)
    if (way === 'tls') await peer.secure(server)
    return peer
  }

  /** Whether it can still say something. */
  get canSpeak(): boolean {
    return !this.#hasEnded && !this.#stream.destroyed && this.#stream.writable
  }

  get isSecured(): boolean {
    return this.#stream !== this.#clear
  }

  /** Whether the server has closed the connection. */
  get isOver(): boolean {
    return this.#stream.readableEnded || this.#stream.destroyed
  }

  send(octets: string, pieces: number): void {
    if (this.canSpeak) this.said += octets
    const size = pieces === 0 ? Math.max(1, octets.length) : pieces
    for (let start = 0; start < octets.length && this.canSpeak; start += size) {
      this.#stream.write(Buffer.from(octets.slice(start, start + size), 'latin1'))
    }
  }

  /** Says something beside TLS, behind which nothing can be heard. */
  garble(octets: string): void {
    if (!this.canSpeak || !this.isSecured) return
    this.hasReset = true
    this.#clear.write(Buffer.from(octets, 'latin1'))
  }

  /** Does a handshake, whether the other side does or not. */
  async secure(server: Pop3Server): Promise<void> {
    if (!this.canSpeak || this.isSecured) return
    const ca = await server.certificateAuthority()
    this.#clear.removeAllListeners('data')
    const secured = connectTls({ socket: this.#clear, host: 'localhost', ca })
    this.#stream = secured
    this.#attend(secured)
    await until(() => secured.authorized || this.isOver, server)
  }

  deafen(): void {
    this.#stream.pause()
  }

  listen(): void {
    this.#stream.resume()
  }

  end(): void {
    if (this.canSpeak) this.#stream.end()
    this.#hasEnded = true
  }

  /** Over TCP with RST, unless TLS has the socket, or FIN is on its way: Node then never closes its handle. */
  reset(): void {
    this.hasReset = true
    if (isSocket(this.#clear) && !this.isSecured && !this.#hasEnded) this.#clear.resetAndDestroy()
    else this.#stream.destroy()
  }

  /** Lets go of everything. */
  destroy(): void {
    this.#stream.destroy()
    this.#clear.destroy()
  }

  #attend(stream: Duplex): void {
    stream.on('data', (octets: Buffer) => (this.heard += octets.toString('latin1')))
    stream.on('error', () => (this.hasReset = true))
  }
}

const isSocket = (stream: Duplex): stream is Socket => 'resetAndDestroy' in stream

/** Waits, a settled server at a time, until something is so; not for ever. */
export async function until(is: () => boolean, server: Pop3Server, duration: Duration = 0): Promise<boolean> {
  if (is()) return true
  await server.clock.advance(duration)
  const deadline = performance.now() + 2000
  while (!is() && performance.now() < deadline) await server.clock.advance(0)
  return is()
}
