/** One client and its server, with a recorder in the middle. What passes is not changed. */
import type { Party, SessionRecorder } from '@pop3kit/transcript'
import { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { UpstreamConnection } from './upstream.ts'

/** Inside TLS nothing could be read. */
const refusal = Buffer.from('-ERR pop3kit records what is said in clear: no TLS on this side\r\n')

/** A client says nothing else before this is answered (RFC 2595 section 4). */
const isStls = (octets: Buffer): boolean => /^STLS\r?\n$/i.test(octets.toString('latin1'))

/** One end of the line. */
interface End {
  readonly party: Party
  readonly stream: Duplex
  readonly reset: () => void
  readonly heard: (octets: Uint8Array) => void
}

/** Passes on what both say until both are gone; only STLS is answered here. */
export async function relay(
  socket: Socket,
  { stream, greeting, reset }: UpstreamConnection,
  session: SessionRecorder,
): Promise<void> {
  const client: End = {
    party: 'client',
    stream: socket,
    reset: () => void socket.resetAndDestroy(),
    heard: (octets) => session.fromClient(octets),
  }
  const server: End = { party: 'server', stream, reset, heard: (octets) => session.fromServer(octets) }
  const say = (octets: Uint8Array): true => {
    server.heard(octets)
    socket.write(octets)
    return true
  }
  if (greeting !== undefined) say(greeting)
  await Promise.all([
    listen(client, server, session, (octets) => isStls(octets) && say(refusal)),
    listen(server, client, session, () => false),
  ])
}

/** Passes on what one end says, unless it is answered here, and how it ends; comes when it is gone. */
function listen(from: End, to: End, session: SessionRecorder, answer: (octets: Buffer) => boolean): Promise<void> {
  let isOver = false
  const end = (how: 'close' | 'reset'): void => {
    if (isOver) return
    isOver = true
    session.ended(from.party, how)
    if (how === 'close') to.stream.end()
    else to.reset()
  }
  from.stream.on('data', (octets: Buffer) => {
    from.heard(octets)
    if (answer(octets) || !to.stream.writable || to.stream.write(octets)) return
    from.stream.pause()
    to.stream.once('drain', () => from.stream.resume())
  })
  from.stream.once('end', () => end('close'))
  from.stream.on('error', () => end('reset'))
  return new Promise((resolve) => {
    from.stream.once('close', resolve)
  })
}
