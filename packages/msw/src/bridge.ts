/** Joins a socket that msw has claimed, seen from the server's side, with a stream to the mail server. */
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** What comes at one end leaves at the other, ends and resets included, until one of them is gone. */
export function bridge(claimed: Socket, stream: Duplex): void {
  claimed.on('data', (chunk: Uint8Array) => stream.write(chunk))
  // The client has closed its half: msw tells so with this event of the client's own.
  claimed.once('finish', () => stream.end())
  claimed.once('close', () => stream.destroy())
  stream.on('data', (chunk: Uint8Array) => {
    if (claimed.write(chunk)) return
    stream.pause()
    claimed.once('drain', () => stream.resume())
  })
  stream.once('end', () => claimed.end())
  stream.once('error', (error) => claimed.destroy(error))
}
