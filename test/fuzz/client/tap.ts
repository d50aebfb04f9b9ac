/** What goes over the client's end of a connection, both ways: Latin-1 text. */
import type { Duplex } from 'node:stream'

export class Tap {
  /** What has come to the client. */
  heard = ''
  /** The lines that the client has sent, and how much it had heard then. */
  readonly lines: { readonly text: string; readonly heard: number }[] = []
  #stream: Duplex | undefined

  /** Whether the stream is gone. What it still holds then comes at once, because Node stops no stream that is destroyed. */
  get isOver(): boolean {
    return this.#stream?.destroyed === true
  }

  /** To be called when the client has the stream: whoever hears first makes it flow. */
  attend(stream: Duplex): void {
    this.#stream = stream
    stream.on('data', (octets: Uint8Array) => (this.heard += Buffer.from(octets).toString('latin1')))
  }

  /** Notes what is written from now on. */
  note(stream: Duplex): void {
    const write = stream.write.bind(stream)
    stream.write = (octets: Uint8Array): boolean => {
      const texts = Buffer.from(octets).toString('latin1').split('\r\n').slice(0, -1)
      this.lines.push(...texts.map((text) => ({ text, heard: this.heard.length })))
      return write(octets)
    }
  }

  /** What the client has sent. */
  get said(): string {
    return this.lines.map(({ text }) => `${text}\r\n`).join('')
  }
}
