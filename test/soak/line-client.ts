/** A client that says a command and hears its reply, and may go at any time. */
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'

/** Latin-1 text: a character an octet. */
export class LineClient {
  readonly #stream: Duplex
  #heard = ''
  #isOver = false
  #wake: () => void = () => {}

  constructor(stream: Duplex) {
    this.#stream = stream
    stream.setEncoding('latin1')
    stream.on('data', (text: string) => {
      this.#heard += text
      this.#wake()
    })
    for (const event of ['end', 'close', 'error']) {
      stream.on(event, () => {
        this.#isOver = true
        this.#wake()
      })
    }
  }

  say(command: string): void {
    this.#stream.write(`${command}\r\n`)
  }

  /** The next line without its end; `undefined` where there is none any more. */
  async line(): Promise<string | undefined> {
    return (await this.#until('\r\n'))?.slice(0, -2)
  }

  /** Says a command and hears one line. */
  ask(command: string): Promise<string | undefined> {
    this.say(command)
    return this.line()
  }

  /** Says a command and hears a multi-line reply: what is between status line and terminator, dots still stuffed. */
  async fetch(command: string): Promise<string | undefined> {
    if ((await this.ask(command))?.startsWith('+OK') !== true) return undefined
    if (this.#heard.length < 3) await this.#more(3)
    if (this.#heard.startsWith('.\r\n')) return this.#take(3).slice(3)
    return (await this.#until('\r\n.\r\n'))?.slice(0, -3)
  }

  /** Sends FIN, and hears no more. */
  end(): void {
    this.#stream.end()
  }

  /** Goes at once: RST over TCP without TLS. */
  drop(): void {
    if (this.#stream instanceof Socket && !(this.#stream instanceof TLSSocket)) this.#stream.resetAndDestroy()
    else this.#stream.destroy()
  }

  /** Waits until the server has closed. */
  async closed(): Promise<void> {
    while (!this.#isOver) await this.#more(Infinity)
  }

  async #until(ending: string): Promise<string | undefined> {
    for (let from = 0; ;) {
      const found = this.#heard.indexOf(ending, from)
      if (found !== -1) return this.#take(found + ending.length)
      if (this.#isOver) return undefined
      from = Math.max(0, this.#heard.length - ending.length)
      await this.#more(this.#heard.length + 1)
    }
  }

  async #more(length: number): Promise<void> {
    while (this.#heard.length < length && !this.#isOver) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      if (length === Infinity) return
    }
  }

  #take(count: number): string {
    const taken = this.#heard.slice(0, count)
    this.#heard = this.#heard.slice(count)
    return taken
  }
}
