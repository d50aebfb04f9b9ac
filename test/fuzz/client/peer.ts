/** A peer that says to each line of the client what it is told to, and behind that what an honest server says. */
import { type Duplex, duplexPair } from 'node:stream'
import type { Answer } from './case.ts'
import { greeting, honestly } from './honest.ts'
import { slipped } from './slipped.ts'
import type { Time } from './time.ts'
import { type World, settled } from './world.ts'

const clean: Answer = { instead: undefined, slips: [], pieces: 0, delay: 0, then: 'go on' }

/** The most pieces that an answer comes in. */
const mostPieces = 300

export class Peer implements World {
  readonly options: { readonly transport: Duplex }
  readonly isClear = true
  readonly largestPiece = 16_384
  readonly #transport: Duplex
  readonly #socket: Duplex
  readonly #answers: readonly (Answer | undefined)[]
  readonly #honest: (line: string) => string
  readonly #time: Time
  /** Lines that are not answered. */
  readonly #lines: string[] = []
  #unfinished = ''
  #answered = 0
  #isBusy = false
  #isSilent = false

  constructor(
    { pipelining, answers }: { readonly pipelining: boolean; readonly answers: readonly (Answer | undefined)[] },
    time: Time,
  ) {
    const [transport, socket] = duplexPair()
    this.options = { transport }
    this.#transport = transport
    this.#socket = socket
    this.#answers = answers
    this.#honest = honestly(pipelining)
    this.#time = time
    this.#socket.on('error', () => {})
    this.#socket.on('data', (octets: Buffer) => {
      const lines = (this.#unfinished + octets.toString('latin1')).split('\r\n')
      this.#unfinished = lines.pop() ?? ''
      this.#lines.push(...lines)
      void this.#answer()
    })
    void this.#say(greeting)
  }

  pass(): Promise<void> {
    return settled()
  }

  async #answer(): Promise<void> {
    while (!this.#isBusy && !this.#isSilent && this.#lines.length > 0)
      await this.#say(this.#honest(this.#lines.shift() ?? ''))
  }

  /** Says what is to be said where this would be honest. */
  async #say(honest: string): Promise<void> {
    this.#isBusy = true
    const { instead, slips, pieces, delay, then } = this.#answers[this.#answered] ?? clean
    this.#answered += 1
    if (delay > 0) await this.#time.sleep(delay)
    const octets = Buffer.from(slipped(instead ?? honest, slips), 'latin1')
    const size = Math.max(pieces === 0 ? this.largestPiece : pieces, Math.ceil(octets.length / mostPieces))
    for (let start = 0; start < octets.length && !this.#isGone; start += size) {
      await this.#write(octets.subarray(start, start + size))
    }
    this.#isSilent = then !== 'go on'
    if (then === 'end') this.#socket.end()
    if (then === 'reset') this.#transport.destroy(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))
    this.#isBusy = false
    await this.#answer()
  }

  get #isGone(): boolean {
    return this.#transport.destroyed || this.#socket.writableEnded
  }

  /** Waits until there is room for more. */
  async #write(octets: Uint8Array): Promise<void> {
    if (this.#socket.write(octets)) return
    await new Promise<void>((resolve) => {
      this.#socket.once('drain', resolve)
      this.#transport.once('close', resolve)
    })
  }
}
