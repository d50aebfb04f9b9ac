/** Octets that have come and are not read yet: a queue of chunks, and a position in the first of them. */
import { NO_OCTETS } from './octets.ts'

export class ChunkQueue {
  #chunks: Uint8Array[] = []
  #head = 0
  #position = 0
  #length = 0
  #offset = 0

  /** How many octets are waiting. */
  get length(): number {
    return this.#length
  }

  /** Where in the stream the first waiting octet is. */
  get offset(): number {
    return this.#offset
  }

  /** The first chunk, whole; what is before `position` has been read. */
  get first(): Uint8Array | undefined {
    return this.#chunks[this.#head]
  }

  /** Where in `first` the first waiting octet is. */
  get position(): number {
    return this.#position
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    this.#chunks.push(chunk)
    this.#length += chunk.length
  }

  /** Reads up to `count` octets of the first chunk and gives them as a view. */
  read(count: number): Uint8Array {
    const chunk = this.first
    if (chunk === undefined) return NO_OCTETS
    const octets = chunk.subarray(this.#position, this.#position + count)
    this.#position += octets.length
    this.#length -= octets.length
    this.#offset += octets.length
    if (this.#position === chunk.length) this.#dropFirst()
    return octets
  }

  /** Passes over everything. */
  clear(): void {
    this.#offset += this.#length
    this.#length = 0
    this.#position = 0
    this.#chunks = []
    this.#head = 0
  }

  /** What waits, without reading it. */
  peekAll(): Uint8Array[] {
    return this.#chunks.slice(this.#head).map((chunk, index) => (index === 0 ? chunk.subarray(this.#position) : chunk))
  }

  /** A read chunk is let go at once, the slots of the array when all have been read: shifting a long array is slow. */
  #dropFirst(): void {
    this.#position = 0
    this.#chunks[this.#head++] = NO_OCTETS
    if (this.#head >= this.#chunks.length) {
      this.#chunks = []
      this.#head = 0
    }
  }
}
