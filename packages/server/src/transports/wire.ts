/** The server's end of a byte stream, TCP or memory: writes that wait for the peer, closes and resets. */
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { afterReal, soon, turn } from '../clock.ts'
import type { Peer } from './peer.ts'
import { type Secured, type TlsAcceptor, goneInHandshake } from './tls.ts'

/**
 * How long a client may take to close first after QUIT, to follow when the server closed, and to read a piece; and how long one is given
 * that did not read the piece before in time, or of whom nobody knows what it has read (ms, real time).
 */
const patience = { afterQuit: 25, afterClose: 250, forReading: 1000, unproved: 5 }

/** What a transport brings with its stream. */
export interface WireOptions {
  readonly transport: 'tcp' | 'memory'
  /** Makes the peer see a reset. */
  readonly reset: () => void
  /** The client's end; without one, every write arrives as a chunk of its own. */
  readonly peer?: Peer
  /** Told when the handshake is over. */
  readonly onTls?: () => void
}

/** The server's end of a connection. */
export class Wire {
  readonly transport: 'tcp' | 'memory'
  /** Settles when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>
  /** Settles when the client sends no more: it has ended its half, or is gone. */
  readonly ended: Promise<void>
  readonly #reset: () => void
  readonly #peer: Peer | undefined
  readonly #onTls: () => void
  /** What lies under TLS, or the same. */
  readonly #clear: Duplex
  #stream: Duplex
  #isClosed = false
  #hasEnded = false
  /** The stream, once it is TLS. */
  #secured: Secured['stream'] | undefined
  /** Whether nothing was written since the last {@link flush}. */
  #isFlushed = true
  /** Whether the client did not read the last piece in time: it is not waited for so long again before it does. */
  #isSlow = false
  #isShakingHands = false
  #onEnd: () => void = () => {}
  #onOctets: (octets: Uint8Array) => void = () => {}
  /** Pieces written and received so far: while it changes, the connection is not settled. */
  activity = 0
  /** While it does something that takes long and is no waiting for the client: the connection is not settled either. */
  isBusy = false

  constructor(stream: Duplex, { transport, reset, peer, onTls = () => {} }: WireOptions) {
    this.transport = transport
    this.#clear = stream
    this.#stream = stream
    this.#reset = reset
    this.#peer = peer
    this.#onTls = onTls
    // A peer that resets is a way to end a session, not a failure of the server.
    stream.on('error', () => {})
    this.closed = new Promise((resolve) => {
      stream.once('close', () => {
        this.#isClosed = true
        resolve()
      })
    })
    const end = new Promise<void>((resolve) => {
      this.#onEnd = () => {
        this.#hasEnded = true
        resolve()
      }
    })
    stream.once('end', this.#onEnd)
    this.ended = Promise.race([end, this.closed])
  }

  get isClosed(): boolean {
    return this.#isClosed || this.#stream.destroyed
  }

  /** Whether the client has said that it sends no more (FIN). */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Whether anything can still be sent: the connection is there, and the server has not closed its half. */
  get isWritable(): boolean {
    return !this.isClosed && !this.#stream.writableEnded
  }

  /** The client's socket, if it is in this process and thread. */
  get clientSocket(): Socket | undefined {
    return this.#peer?.socket
  }

  /** Where octets are known to be on their way, to the client or from it: how many have arrived, at both ends together. */
  get inFlight(): { readonly arrived: number } | undefined {
    if (!this.isWritable || this.clientSocket === undefined) return undefined
    const traffic = this.#peer?.traffic(this.#secured)
    // A client that began with TLS is in the middle of its handshake: nobody counts what that is made of.
    if (traffic === undefined) return this.#isShakingHands ? { arrived: 0 } : undefined
    const { toClient, toServer } = traffic
    if (toClient.read >= toClient.sent && toServer.read >= toServer.sent) return undefined
    return { arrived: toClient.read + toServer.read }
  }

  /** Takes what the client sends. */
  receive(onOctets: (octets: Uint8Array) => void): void {
    this.#onOctets = (octets) => {
      this.activity += 1
      onOctets(octets)
    }
    this.#stream.on('data', this.#onOctets)
  }

  /** Makes ready for a handshake; the client is listened to meanwhile. */
  async prepare(acceptor: TlsAcceptor): Promise<void> {
    this.isBusy = true
    await acceptor.prepare()
    this.isBusy = false
  }

  /**
   * Goes over to TLS: what is read and written from now on is secured. Rejects when the handshake fails, and then the connection is
   * gone.
   *
   * @param early Octets of the handshake that were read already.
   */
  async secure(acceptor: TlsAcceptor, early: Uint8Array): Promise<Secured> {
    const clear = this.#stream
    clear.off('data', this.#onOctets)
    clear.off('end', this.#onEnd)
    clear.pause()
    try {
      // TLS does not hear of an end that came before it.
      if (this.#hasEnded) throw new Error(goneInHandshake)
      if (early.length > 0) clear.unshift(early)
      this.#isShakingHands = true
      const secured = await acceptor.accept(clear)
      this.#onTls()
      this.activity += 1
      this.#stream = secured.stream
      this.#secured = secured.stream
      secured.stream.once('end', this.#onEnd)
      secured.stream.on('data', this.#onOctets)
      return secured
    } catch (error) {
      clear.destroy()
      throw error
    } finally {
      this.#isShakingHands = false
    }
  }

  /** Stops and starts the flow of what the client sends. */
  pause(): void {
    this.#stream.pause()
  }

  resume(): void {
    this.#stream.resume()
  }

  /** Writes one piece; comes back when the peer has room for more, or is gone. */
  async write(octets: Uint8Array): Promise<void> {
    if (!this.isWritable) return
    this.activity += 1
    this.#isFlushed = false
    if (!this.#stream.write(octets)) {
      await Promise.race([new Promise<void>((resolve) => void this.#stream.once('drain', resolve)), this.closed])
    }
  }

  /**
   * Makes what was written a piece of its own: comes back when the client has read it. That is proved by the client's socket where it is
   * known, or by the kernel; elsewhere there is a short pause instead.
   */
  async flush(): Promise<'proved' | 'unproved'> {
    if (this.#peer === undefined) await soon()
    if (this.#peer === undefined || this.#isFlushed) return 'proved'
    this.#isFlushed = true
    this.isBusy = true
    const isProved = await this.#untilRead(this.#peer)
    this.isBusy = false
    this.#isSlow = !isProved
    return isProved ? 'proved' : 'unproved'
  }

  /** Waits until the client has read what was sent; says whether that is proved. */
  async #untilRead(peer: Peer): Promise<boolean> {
    const patient = { still: true }
    const lose = (): void => void (patient.still = false)
    const cancel = afterReal(this.#isSlow ? patience.unproved : patience.forReading, lose, 'background')
    let hasRead: boolean | undefined = false
    for (let turns = 0; hasRead === false && patient.still && !this.isClosed; turns += 1) {
      await turn()
      // What is not on the wire yet, with TLS or without, cannot be read. A client that has just connected is not known at once.
      if (this.#stream.writableLength > 0) continue
      hasRead = this.#hasRead() ?? (turns === 0 ? false : await peer.hasRead())
    }
    cancel()
    if (hasRead === undefined) await this.#within(patience.unproved, this.closed)
    return hasRead === true
  }

  /** Whether the client has read all that was written, if its socket tells. */
  #hasRead(): boolean | undefined {
    const traffic = this.#peer?.traffic(this.#secured)
    return traffic && traffic.toClient.read >= traffic.toClient.sent
  }

  /** Sends the end (FIN) and goes on taking what the client sends. */
  halfClose(): void {
    if (!this.isClosed) this.#stream.end()
  }

  /** Sends the end (FIN) and lets the client follow. */
  async close(): Promise<void> {
    if (!this.isClosed && !this.#clear.writableEnded) this.#stream.end()
    this.#ignore()
    await this.#within(patience.afterClose, this.closed)
    this.#stream.destroy()
    await this.closed
  }

  /** The same without the goodbye of TLS (close_notify). */
  async closeSilently(): Promise<void> {
    // What TLS has not taken yet is not on the wire.
    if (this.isWritable) {
      const written = new Promise<void>((resolve) => void this.#stream.write(new Uint8Array(), () => resolve()))
      await Promise.race([written, this.closed])
    }
    if (!this.isClosed) this.#clear.end()
    await this.close()
  }

  /**
   * Closes, but gives a client who knows that it is over the chance to close first, so that no TIME_WAIT stays behind on the
   * server's side.
   */
  async closePolitely(): Promise<void> {
    this.#ignore()
    await this.#within(patience.afterQuit, this.ended)
    await this.close()
  }

  /** Resets the connection (RST): the peer sees ECONNRESET, and loses what it has not read. */
  async reset(): Promise<void> {
    // The handle of a socket that is sending its end would never close.
    if (this.isWritable) this.#reset()
    else this.#stream.destroy()
    await this.closed
  }

  /** Throws away what the client still sends: were it left unread, the client would be reset and lose the last reply. */
  #ignore(): void {
    this.#stream.off('data', this.#onOctets)
    this.#stream.resume()
  }

  /** Waits for something, or until the connection is gone, but not for longer than so many real milliseconds. */
  async #within(ms: number, event: Promise<void>): Promise<void> {
    let giveUp: () => void = () => {}
    const late = new Promise<void>((resolve) => {
      giveUp = afterReal(ms, resolve, 'foreground')
    })
    await Promise.race([event, late])
    giveUp()
  }
}
