/** A Duplex as a connection needs it: it can be waited for and made to wait, and nothing that happens to it is an exception. */
import type { Duplex } from 'node:stream'

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
  readonly #listener: TransportListener
  #connected: boolean
  #over: Over | undefined
  #wake: (() => void) | undefined

  constructor(duplex: Duplex, listener: TransportListener) {
    this.#duplex = duplex
    this.#listener = listener
    this.#connected = !('connecting' in duplex && duplex.connecting === true)
    // One that is gone already emits nothing
    this.#over = duplex.destroyed ? { cause: duplex.errored ?? undefined } : undefined
    duplex.pause()
    // Not a Buffer: what is decoded are views of it, and they reach the caller
    duplex.on('data', (chunk: Uint8Array) =>
      listener.onOctets(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)),
    )
    duplex.on('connect', () => {
      this.#connected = true
      this.wake()
    })
    duplex.on('end', () => this.#end(undefined))
    duplex.on('close', () => this.#end(undefined))
    // Stays for ever: an error after the end must not bring the process down
    duplex.on('error', (error: Error) => this.#end(error))
  }

  get connected(): boolean {
    return this.#connected
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

  /** Says goodbye, and closes when that is out. */
  end(): void {
    this.#duplex.end(() => this.#duplex.destroy())
  }

  destroy(): void {
    this.#duplex.destroy()
  }

  #end(cause: Error | undefined): void {
    this.#over ??= { cause }
    this.wake()
    this.#listener.onOver()
  }
}
