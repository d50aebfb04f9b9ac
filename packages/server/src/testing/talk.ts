/** For tests: a client that says lines and hears lines, and knows nothing else. */
import type { Duplex } from 'node:stream'
import {
  type ConnectOptions,
  type MessageInit,
  type Pop3Server,
  type Pop3ServerOptions,
  setupPop3Server,
} from '../index.ts'

/** A raw conversation over memory. Text is Latin-1: a character an octet. */
export class Talk {
  readonly stream: Duplex
  /** The pieces in which the server's octets came. */
  readonly chunks: string[] = []
  #unread = ''
  #ended = false
  #wake: () => void = () => {}

  constructor(stream: Duplex) {
    this.stream = stream
    stream.on('data', (octets: Buffer) => {
      this.chunks.push(octets.toString('latin1'))
      this.#unread += octets.toString('latin1')
      this.#wake()
    })
    for (const event of ['end', 'close', 'error']) {
      stream.on(event, () => {
        this.#ended = true
        this.#wake()
      })
    }
  }

  /** Sends octets as they are. */
  send(octets: string): void {
    this.stream.write(Buffer.from(octets, 'latin1'))
  }

  /** Sends a command, if one is given, and hears one line. */
  async say(command?: string): Promise<string> {
    if (command !== undefined) this.send(`${command}\r\n`)
    return this.#until('\r\n')
  }

  /** Sends a command and hears a multi-line reply: its lines as they are on the wire, without the terminator. */
  async ask(command: string): Promise<string[]> {
    const status = await this.say(command)
    if (!status.startsWith('+OK')) return [status]
    const body = await this.#until('.\r\n', (text) => text === '.\r\n' || text.endsWith('\r\n.\r\n'))
    return [status, ...body.split('\r\n').slice(0, -1)]
  }

  /** Hears everything up to the end of the connection. */
  async rest(): Promise<string> {
    while (!this.#ended) await this.#more()
    return this.#take(this.#unread.length)
  }

  async login(user = 'alice', password = 'wonderland'): Promise<this> {
    await this.say()
    await this.say(`USER ${user}`)
    await this.say(`PASS ${password}`)
    return this
  }

  /** Goes away without QUIT. */
  async leave(): Promise<void> {
    this.stream.end()
    await this.rest()
  }

  async #until(ending: string, isWhole: (text: string) => boolean = () => true): Promise<string> {
    for (let from = 0; ;) {
      const found = this.#unread.indexOf(ending, from)
      if (found !== -1) {
        const end = found + ending.length
        if (isWhole(this.#unread.slice(0, end))) return this.#take(end).slice(0, -ending.length)
        from = found + 1
      } else if (this.#ended) {
        throw new Error(`The server ended the connection after ${JSON.stringify(this.#unread)}`)
      } else {
        await this.#more()
      }
    }
  }

  #take(count: number): string {
    const taken = this.#unread.slice(0, count)
    this.#unread = this.#unread.slice(count)
    return taken
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}

/** Two messages: 31 and 27 octets when every line ends with CRLF. */
const twoMessages: readonly string[] = ['Subject: one\r\n\r\nfirst message\r\n', 'Subject: two\n\n.dot\nend']

/** A server with alice's maildrop (password `wonderland`). */
export function aliceServer(
  options: Omit<Pop3ServerOptions, 'maildrops'> = {},
  messages: readonly MessageInit[] = twoMessages,
): Pop3Server {
  return setupPop3Server({ ...options, maildrops: { alice: { password: 'wonderland', messages } } })
}

/** A raw conversation with a server, over memory. */
export const talk = (server: Pop3Server, options: ConnectOptions = {}): Talk => new Talk(server.connect(options))
