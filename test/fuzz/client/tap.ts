/** What goes over the client's end of a connection, both ways: Latin-1 text. */
import type { Duplex } from 'node:stream'

export class Tap {
  /** What has come to the client. */
  heard = ''
  /** What the client has sent. */
  said = ''

  /** To be called when the client has the stream: whoever hears first makes it flow. */
  attend(stream: Duplex): void {
    stream.on('data', (octets: Uint8Array) => (this.heard += Buffer.from(octets).toString('latin1')))
  }

  /** Notes what is written from now on. */
  note(stream: Duplex): void {
    const write = stream.write.bind(stream)
    stream.write = (octets: Uint8Array): boolean => {
      this.said += Buffer.from(octets).toString('latin1')
      return write(octets)
    }
  }
}
