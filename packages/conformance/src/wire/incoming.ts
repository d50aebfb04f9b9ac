/** What comes over a stream: lines as they are, and at last the end. Nobody waits longer for them than they want to. */
import { LineDecoder, type Line } from '@pop3kit/codec'
import { finished, type Duplex } from 'node:stream'
import { clearTimeout, setTimeout } from 'node:timers'

/** How a connection ended. */
export type Ended = 'closed' | 'reset'

/** The octets that may wait to be read, and the longest line. */
export const maxOctets: number = 2 ** 26

export class Incoming {
  readonly #lines = new LineDecoder({ lineEndings: 'lenient', maxOctets })
  #received = 0
  #ended: Ended | undefined
  #wake: () => void = () => {}
  #detach: () => void = () => {}

  /** How the stream has ended, if it has; lines may still be there. */
  get ended(): Ended | undefined {
    return this.#ended
  }

  /** What has come and belongs to no line that was given. */
  get unread(): Uint8Array {
    return this.#lines.pending
  }

  /** The next line, or `undefined` when more octets are needed. */
  next(): Line | undefined {
    return this.#lines.next()
  }

  /** Throws away what has come and was not given, and says how much. */
  discard(): number {
    return this.#lines.discard()
  }

  /** Waits for more octets, or for the end. Says whether something came. */
  async more(ms: number): Promise<boolean> {
    const before = this.#received
    await this.#within(ms, () => this.#received === before && this.#ended === undefined)
    return this.#received !== before || this.#ended !== undefined
  }

  /** Waits for the end, whatever comes before it. */
  end(ms: number): Promise<void> {
    return this.#within(ms, () => this.#ended === undefined)
  }

  /** Reads from a stream from now on. */
  attach(stream: Duplex): void {
    const receive = (octets: Uint8Array): void => {
      this.#lines.push(octets)
      this.#received += octets.length
      this.#wake()
    }
    const stopWatching = finished(stream, { writable: false }, (error) => {
      const closed = !error || ('code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')
      this.#ended ??= closed ? 'closed' : 'reset'
      this.#wake()
    })
    stream.on('data', receive)
    // Errors of the stream are an end like any other, also when somebody else has it by then.
    stream.on('error', () => {})
    this.#detach = () => {
      stopWatching()
      stream.off('data', receive)
    }
  }

  /** Leaves the stream to somebody else. */
  detach(): void {
    this.#detach()
  }

  /** Waits while something is so, until it changes, or the time is up. */
  async #within(ms: number, isSo: () => boolean): Promise<void> {
    const late = new AbortController()
    const timer = setTimeout(() => {
      late.abort()
      this.#wake()
    }, ms)
    while (isSo() && !late.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    clearTimeout(timer)
  }
}
