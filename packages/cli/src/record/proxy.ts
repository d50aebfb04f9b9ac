/** Stands between clients, in clear on loopback, and a real server. */
import type { TranscriptRecorder } from '@pop3kit/transcript'
import { once } from 'node:events'
import { type Socket, createServer } from 'node:net'
import { relay } from './relay.ts'
import { type Upstream, connectUpstream } from './upstream.ts'

const host = '127.0.0.1'

/** What a proxy needs. */
export interface ProxyEnvironment {
  readonly upstream: Upstream
  readonly recorder: TranscriptRecorder
  /** Where it listens; 0 for a free port. */
  readonly port: number
  /** Told why a client could not be connected. */
  readonly onFailure: (error: unknown) => void
}

/** A proxy that listens. */
export interface Proxy {
  readonly host: string
  readonly port: number
  /** Drops the clients; comes when nothing more is recorded. */
  close(): Promise<void>
}

/** Listens; rejects when the port is taken. */
export async function openProxy({ upstream, recorder, port, onFailure }: ProxyEnvironment): Promise<Proxy> {
  const open = new Map<Socket, Promise<void>>()

  const serve = async (socket: Socket): Promise<void> => {
    const session = recorder.open()
    const leaving = new AbortController()
    const leave = (): void => leaving.abort()
    socket.once('close', leave)
    try {
      const connection = await connectUpstream(upstream, leaving.signal)
      // From here on the server sees how the client goes.
      socket.off('close', leave)
      socket.once('close', () => connection.stream.destroy())
      if (socket.destroyed) connection.stream.destroy()
      await relay(socket, connection, session)
    } catch (error) {
      if (!leaving.signal.aborted) onFailure(error)
      session.ended('server', 'close')
      socket.destroy()
    }
    session.finish()
  }

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    socket.on('error', () => {})
    open.set(
      socket,
      serve(socket).finally(() => open.delete(socket)),
    )
  })
  server.listen({ host, port })
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A server that listens on TCP has a port')
  return {
    host,
    port: address.port,
    async close() {
      server.close()
      const served = [...open.values()]
      for (const socket of open.keys()) socket.destroy()
      await Promise.all(served)
    },
  }
}
