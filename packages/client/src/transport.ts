/** A Duplex as a connection needs it: it can be waited for and made to wait, and nothing that happens to it is an exception. */
import type { Duplex } from 'node:stream'
import { isLoopback } from './loopback.ts'

/** Who is told what happens. */
export interface TransportListener {
  onOctets(octets: Uint8Array): void
  onOver(): void
}

/** The peer sends nothing more: the end of its stream, or an error. */
export interface Over {
  readonly cause: Error | undefined
}

export class Transport {
  readonly #duplex: Duplex
  readonly #secured: boolean
  readonly #forget: () => void
  #connected: boolean
  #over: Over | undefined
  #wake: (() => void) | undefined

  /** `secured`: it is a TLS socket that has just begun its handshake. */
  constructor(duplex: Duplex, listener: TransportListener, { secured = false }: { readonly secured?: boolean } = {}) {
    this.#duplex = duplex
    this.#secured = secured
    this.#connected = !secured && !('connecting' in duplex && duplex.connecting === true)
    // One that is gone already emits nothing
    this.#over = duplex.destroyed ? { cause: duplex.errored ?? undefined } : undefined
    duplex.pause()
    const end = (cause?: Error): void => {
      this.#over ??= { cause }
      this.wake()
      listener.onOver()
    }
    const handlers = [
      // Not a Buffer: what is decoded are views of it, and they reach the caller
      [
        'data',
        (chunk: Uint8Array) => listener.onOctets(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)),
      ],
      [
        secured ? 'secureConnect' : 'connect',
        () => {
          this.#connected = true
          this.wake()
        },
      ],
      ['end', () => end()],
      ['close', () => end()],
      ['error', end],
    ] as const
    for (const [event, handler] of handlers) duplex.on(event, handler)
    this.#forget = () => {
      for (const [event, handler] of handlers) duplex.off(event, handler)
    }
    // Stays for ever: an error after the end must not bring the process down
    duplex.on('error', () => {})
  }

  /** Whether octets can go over it: the connection is made, and the TLS handshake finished if there is one. */
  get connected(): boolean {
    return this.#connected
  }

  /** Whether TLS protects it. */
  get secured(): boolean {
    return this.#secured
  }

  /** Whether others may read what goes over it to this host: no TLS, and not this machine (docs/decisions/0008). */
  isExposed(host: string | undefined): boolean {
    const { encrypted, remoteAddress }: { encrypted?: unknown; remoteAddress?: unknown } = Object(this.#duplex)
    return encrypted !== true && [host, remoteAddress].some((peer) => typeof peer === 'string' && !isLoopback(peer))
  }

  /** Set when the peer sends nothing more; what has come before can still be read. */
  get over(): Over | undefined {
    return this.#over
  }

  /** Whether octets have come and have not been handed over. */
  get holdsOctets(): boolean {
    return this.#duplex.readableLength > 0
  }

  /** Lets octets come, and resolves when something has happened. */
  async wait(): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    this.#duplex.resume()
    await woken
  }

  /** Lets the one who waits look again; says whether there was one. */
  wake(): boolean {
    const wake = this.#wake
    this.#wake = undefined
    wake?.()
    return wake !== undefined
  }

  pause(): void {
    this.#duplex.pause()
  }

  resume(): void {
    this.#duplex.resume()
  }

  write(octets: Uint8Array): void {
    this.#duplex.write(octets)
  }

  /** Gives the Duplex away, to TLS: what happens to it from now on is not told. */
  release(): Duplex {
    this.#forget()
    return this.#duplex
  }

  /** Says goodbye, and closes when that is out. */
  end(): void {
    this.#duplex.end(() => this.#duplex.destroy())
  }

  destroy(): void {
    // R67: the alert that closes TLS is out before the connection is gone, if the peer still takes anything
    if (this.#secured && this.#connected) this.#duplex.end()
    this.#duplex.destroy()
  }
}
