/** The octets of an unfinished line, copied out of the chunks they came in: the one copy a decoder makes. */
import { NO_OCTETS } from './octets.ts'

const FIRST_CAPACITY = 64

export class Carry {
  #buffer: Uint8Array = NO_OCTETS
  #length = 0

  get length(): number {
    return this.#length
  }

  /** What is carried, as a view; later octets are put behind it and never change it. */
  get octets(): Uint8Array {
    return this.#buffer.subarray(0, this.#length)
  }

  append(octets: Uint8Array): void {
    const length = this.#length + octets.length
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(length, this.#buffer.length * 2, FIRST_CAPACITY))
      larger.set(this.octets)
      this.#buffer = larger
    }
    this.#buffer.set(octets, this.#length)
    this.#length = length
  }

  /** Gives what is carried away and begins anew. */
  take(): Uint8Array {
    const { octets } = this
    this.#buffer = NO_OCTETS
    this.#length = 0
    return octets
  }
}
