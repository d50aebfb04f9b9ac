/**
 * A raw conversation with a server: octets out, lines in, whatever they look like. Not a client: a client could not tell what
 * is wrong on the wire. Nothing here waits longer than it was told to, and nothing is kept beyond a limit.
 */
import { decodeLatin1, encodeText, isPop3Error, redactCommand, type Line } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { fail } from '../verdict.ts'
import { Incoming, maxOctets, type Ended } from './incoming.ts'
import { readReply, type RawBody, type RawReply } from './reply.ts'
import type { Transcript } from './transcript.ts'

/** What a conversation needs besides its stream. */
export interface ConversationEnvironment {
  readonly transcript: Transcript
  /** How long to wait for the next octet from now on (ms). */
  readonly patience: () => number
  /** The stream below TLS, where there is TLS from the first octet on. */
  readonly carrier?: Duplex
}

/** How long a server may take to close when the client has closed (ms). */
const closingTime = 1000

const DOT = 0x2e

export class Conversation {
  readonly #transcript: Transcript
  readonly #patience: () => number
  readonly #label: string
  readonly #incoming = new Incoming()
  /** What TLS is carried by, if there is TLS. */
  readonly #carrier: Duplex
  #stream: Duplex

  constructor(stream: Duplex, { transcript, patience, carrier = stream }: ConversationEnvironment) {
    this.#transcript = transcript
    this.#patience = patience
    this.#label = transcript.connection()
    this.#carrier = carrier
    this.#stream = stream
    this.#incoming.attach(stream)
  }

  /** How the connection has ended, if it has. */
  get ended(): Ended | undefined {
    return this.#incoming.ended
  }

  /** How many octets have come and have not been read. */
  get unread(): number {
    return this.#incoming.unread.length
  }

  /** Sends commands, each with its CRLF, all in one piece. */
  say(...commands: readonly string[]): void {
    for (const command of commands) this.#transcript.sent(this.#label, redactCommand(command))
    this.#write(encodeText(commands.map((command) => `${command}\r\n`).join('')))
  }

  /** Sends a response of a SASL exchange, which nobody is shown. */
  respond(response: string): void {
    this.#transcript.sent(this.#label, response === '*' || response === '' ? response : '***')
    this.#write(encodeText(`${response}\r\n`))
  }

  /** Sends octets as they are. */
  sendOctets(octets: Uint8Array): void {
    this.#transcript.sent(this.#label, redactCommand(decodeLatin1(octets)))
    this.#write(octets)
  }

  /** Sends a command octet by octet, each a segment of its own where nobody on the way puts them together again. */
  async spell(command: string): Promise<void> {
    this.#transcript.sent(this.#label, redactCommand(command))
    this.#transcript.note(this.#label, 'sent octet by octet')
    for (const octet of encodeText(`${command}\r\n`)) {
      this.#write(Uint8Array.of(octet))
      await setImmediate()
      await setImmediate()
    }
  }

  /** Sends a command and reads the first line of its reply. */
  command(command: string): Promise<RawReply> {
    this.say(command)
    return this.reply(command)
  }

  /** Reads the first line of the next reply; `to` is the command that it should answer. */
  reply(to: string): Promise<RawReply> {
    const what = `"${redactCommand(to)}"`
    return this.read(what, `the answer to ${what}`)
  }

  /** Reads the greeting (RFC 1939 section 4). */
  greeting(): Promise<RawReply> {
    return this.read('the greeting', 'the greeting')
  }

  /** Reads the next line as the first one of a reply. */
  async read(to: string, awaited: string): Promise<RawReply> {
    const line = await this.#line(awaited)
    this.#transcript.heard(this.#label, line.octets, false)
    return readReply(line, to)
  }

  /**
   * Reads the body that belongs to a reply. It ends with CRLF, dot, CRLF; after a status line that ended with a bare LF, such a line
   * end does, too (M7), while in a lawful reply LF, dot, LF is a part of the message.
   */
  async body({ to, raw }: RawReply): Promise<RawBody> {
    const lenient = raw.ending === 'lf'
    const lines: Line[] = []
    let octets = 0
    for (let before = raw; octets <= maxOctets; octets += before.octets.length) {
      const line = await this.#line(`the end of the answer to ${to}`)
      this.#transcript.heard(this.#label, line.octets, true)
      const isDot = line.octets.length === 1 && line.octets[0] === DOT
      const isWhole = lenient || (before.ending === 'crlf' && line.ending === 'crlf')
      if (isDot && isWhole) return { to, lines, terminator: line }
      lines.push(line)
      before = line
    }
    throw fail(`The answer to ${to} is longer than ${maxOctets} octets`)
  }

  /** Reads lines until the server closes. */
  async rest(): Promise<string[]> {
    const lines: string[] = []
    for (;;) {
      const isOver = this.ended !== undefined && this.unread === 0
      if (isOver) {
        this.#noteEnd()
        return lines
      }
      if (this.unread > 0) lines.push((await this.read('nothing', 'the end of a line')).line)
      else if (!(await this.#incoming.more(this.#patience()))) throw this.#silence('the end of the connection')
    }
  }

  /** Goes on over another stream that is made of this one (STLS); what was not read is thrown away. */
  async upgrade(change: (stream: Duplex) => Promise<Duplex>): Promise<void> {
    this.#incoming.detach()
    const discarded = this.#incoming.discard()
    if (discarded > 0) this.#transcript.note(this.#label, `${discarded} octets in clear are thrown away`)
    this.#stream = await change(this.#stream)
    this.#transcript.note(this.#label, 'TLS')
    this.#incoming.attach(this.#stream)
  }

  /** Closes (FIN) without QUIT and waits for the server to follow, but not for long. */
  async hangUp(): Promise<void> {
    if (!this.#stream.destroyed) {
      this.#stream.end()
      this.#transcript.note(this.#label, 'the client closes')
      await this.#incoming.end(closingTime)
    }
    this.#destroy()
  }

  /** Resets the connection (RST), where the stream can. */
  reset(): void {
    this.#transcript.note(this.#label, 'the client resets')
    const carrier = this.#carrier
    if ('resetAndDestroy' in carrier && typeof carrier.resetAndDestroy === 'function') carrier.resetAndDestroy()
    this.#destroy()
  }

  #destroy(): void {
    this.#incoming.detach()
    this.#stream.destroy()
  }

  #write(octets: Uint8Array): void {
    // What cannot be written shows as the end of the connection, when the answer is read.
    if (this.#stream.writable) this.#stream.write(octets)
  }

  async #line(awaited: string): Promise<Line> {
    for (;;) {
      const line = this.#next(awaited)
      if (line !== undefined) return line
      if (this.ended !== undefined) throw this.#end(awaited)
      if (!(await this.#incoming.more(this.#patience()))) throw this.#silence(awaited)
    }
  }

  #next(awaited: string): Line | undefined {
    try {
      return this.#incoming.next()
    } catch (error) {
      if (!isPop3Error(error)) throw error
      throw fail(`Expected ${awaited}, not a line of more than ${maxOctets} octets`)
    }
  }

  #silence(awaited: string): Error {
    const ms = Math.round(this.#patience())
    this.#noteUnfinished()
    this.#transcript.note(this.#label, `nothing for ${ms} ms`)
    return fail(`The server says nothing for ${ms} ms, expected ${awaited}`)
  }

  #end(awaited: string): Error {
    this.#noteUnfinished()
    this.#noteEnd()
    return fail(`The server ${this.ended === 'reset' ? 'resets' : 'closes'} the connection, expected ${awaited}`)
  }

  #noteEnd(): void {
    this.#transcript.note(this.#label, this.ended === 'reset' ? 'the connection is reset' : 'the server closes')
  }

  /** Shows what came of a line that never ended. */
  #noteUnfinished(): void {
    const { unread } = this.#incoming
    if (unread.length === 0) return
    this.#transcript.heard(this.#label, unread, false)
    this.#transcript.note(this.#label, 'this line has no end')
    this.#incoming.discard()
  }
}
