/** A peer that says to some lines of the client what it is told to, and to the others what an honest server says. */
import { type Duplex, duplexPair } from 'node:stream'
import type { Answer } from './case.ts'
import { greeting, honestly } from './honest.ts'
import { slipped } from './slipped.ts'
import type { Time } from './time.ts'
import { type World, settled } from './world.ts'

const clean: Omit<Answer, 'place' | 'nth'> = { instead: undefined, slips: [], pieces: 0, delay: 0, then: 'go on' }

/** Whatever is no command is a line of a SASL exchange. */
const placeOf = (line: string): string => /^[A-Z\d]{3,4}(?= |$)/.exec(line)?.[0] ?? 'response'

/** The most pieces that an answer comes in. */
const mostPieces = 300

export class Peer implements World {
  readonly options: { readonly transport: Duplex }
  readonly isClear = true
  readonly largestPiece = 16_384
  readonly #transport: Duplex
  readonly #socket: Duplex
  readonly #answers: readonly Answer[]
  readonly #honest: (line: string) => string
  readonly #time: Time
  /** Lines that are not answered. */
  readonly #lines: string[] = []
  #unfinished = ''
  /** How often it was spoken to at each place. */
  readonly #occurrences = new Map<string, number>()
  #goOn: () => void = () => {}
  #isBusy = false
  #isSilent = false

  constructor(
    { pipelining, answers }: { readonly pipelining: boolean; readonly answers: readonly Answer[] },
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
    this.#socket.on('drain', () => this.#goOn())
    this.#transport.on('close', () => this.#goOn())
    this.#socket.on('data', (octets: Buffer) => {
      const lines = (this.#unfinished + octets.toString('latin1')).split('\r\n')
      this.#unfinished = lines.pop() ?? ''
      this.#lines.push(...lines)
      void this.#answer()
    })
    void this.#say('greeting', greeting)
  }

  pass(): Promise<void> {
    return settled()
  }

  async #answer(): Promise<void> {
    while (!this.#isBusy && !this.#isSilent && this.#lines.length > 0) {
      const line = this.#lines.shift() ?? ''
      await this.#say(placeOf(line), this.#honest(line))
    }
  }

  /** Says what is to be said where this would be honest. */
  async #say(place: string, honest: string): Promise<void> {
    this.#isBusy = true
    const occurrence = this.#occurrences.get(place) ?? 0
    this.#occurrences.set(place, occurrence + 1)
    const answer = this.#answers.find((answer) => answer.place === place && answer.nth === occurrence)
    const { instead, slips, pieces, delay, then } = answer ?? clean
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
      this.#goOn = resolve
    })
  }
}
