/** Streams that stand between the suite and the mock. */
import { Duplex } from 'node:stream'

/** Changes each chunk on its way to the server, a character an octet; nothing: the connection is cut. */
export function linesCut(stream: Duplex, change: (chunk: string) => string | undefined): Duplex {
  return relay(stream, (chunk) => {
    const changed = change(chunk.toString('latin1'))
    if (changed === undefined) stream.destroy()
    else stream.write(Buffer.from(changed, 'latin1'))
  })
}

/** Changes each chunk on its way from the server; nothing: it is lost. */
export function repliesCut(stream: Duplex, change: (chunk: Buffer) => Buffer | undefined): Duplex {
  return relay(stream, (chunk) => void stream.write(chunk), change)
}

function relay(
  stream: Duplex,
  write: (chunk: Buffer) => void,
  change: (chunk: Buffer) => Buffer | undefined = (chunk) => chunk,
): Duplex {
  const outer = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      write(chunk)
      done()
    },
    final(done) {
      stream.end()
      done()
    },
    destroy(error, done) {
      stream.destroy()
      done(error)
    },
  })
  stream.on('data', (chunk: Buffer) => {
    const changed = change(chunk)
    if (changed !== undefined) outer.push(changed)
  })
  const end = (): void => {
    if (!outer.readableEnded && !outer.destroyed) outer.push(null)
  }
  stream.on('end', end)
  stream.on('close', end)
  stream.on('error', (error) => outer.destroy(error))
  return outer
}
