/** A stream in the place of another, so that what comes through it can be seen, under TLS too. */
import { Duplex } from 'node:stream'

/** The same stream; `see` is shown every piece of what the peer sends. */
export function tap(stream: Duplex, see: (octets: Uint8Array) => void): Duplex {
  const outer = new Duplex({
    read: () => void stream.resume(),
    write: (chunk: Uint8Array, _encoding, callback) => void stream.write(chunk, callback),
    final: (callback) => void stream.end(callback),
    destroy: (error, callback) => {
      stream.destroy()
      callback(error)
    },
  })
  stream.on('data', (octets: Uint8Array) => {
    see(octets)
    if (!outer.push(octets)) stream.pause()
  })
  stream.on('end', () => void outer.push(null))
  stream.on('error', (error) => void outer.destroy(error))
  stream.on('close', () => void outer.destroy())
  return outer
}
