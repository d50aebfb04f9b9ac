/** The real server behind a recording: in clear, or over TLS from the beginning or from STLS on. */
import { type Socket, connect as connectTcp, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { formatTarget } from '../check/target.ts'

/** Where the server is, and how it is spoken to. */
export interface Upstream {
  readonly host: string
  readonly port: number
  readonly tls: 'none' | 'implicit' | 'starttls'
  /** The certificate authorities to trust in place of those of Node, PEM. */
  readonly ca: string | undefined
  /** Takes any certificate. */
  readonly insecure: boolean
}

/** A connection to the server. */
export interface UpstreamConnection {
  /** What it says and hears, without TLS. */
  readonly stream: Duplex
  /** The greeting, where it was said before TLS began. */
  readonly greeting: Uint8Array | undefined
  /** Resets it (RST). */
  readonly reset: () => void
}

/** For a server to connect and to agree on TLS (ms). */
const patience = 30_000

const LF = 0x0a

/** Connects, or says why that cannot be; gives up when nobody wants the connection any more. */
export async function connectUpstream(upstream: Upstream, signal: AbortSignal): Promise<UpstreamConnection> {
  const { host, port, tls } = upstream
  const socket = connectTcp({ host, port, noDelay: true, allowHalfOpen: true, signal })
  // Whoever waits for something hears of errors; nobody else has to.
  socket.on('error', () => {})
  const reset = (): void => void socket.resetAndDestroy()
  const giveUp = setTimeout(() => socket.destroy(new Error(`nothing happens within ${patience} ms`)), patience)
  try {
    await happens(socket, 'connect')
    if (tls === 'none') return { stream: socket, greeting: undefined, reset }
    const greeting = tls === 'starttls' ? await askForTls(socket) : undefined
    return { stream: await secure(socket, upstream), greeting, reset }
  } catch (error) {
    socket.destroy()
    throw new Error(`Cannot connect to ${formatTarget(upstream)}: ${reasonOf(error, tls)}`, { cause: error })
  } finally {
    clearTimeout(giveUp)
  }
}

/** What OpenSSL says besides the reason are its own addresses and line numbers. */
function reasonOf(error: unknown, tls: Upstream['tls']): string {
  if (!(error instanceof Error)) return String(error)
  if (!('reason' in error && 'code' in error && String(error.code).startsWith('ERR_SSL_'))) return error.message
  return `no TLS: ${String(error.reason)}${tls === 'implicit' ? '; expected a server with TLS from the beginning' : ''}`
}

/** Comes when it happens; rejects when the connection is over before. */
async function happens(stream: Duplex, event: string): Promise<void> {
  const listeners: [string, (error?: Error) => void][] = []
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (error?: Error): void => reject(error ?? new Error('the server closes the connection'))
      listeners.push([event, () => resolve()], ['error', fail], ['end', fail], ['close', fail])
      for (const [name, listener] of listeners) stream.on(name, listener)
    })
  } finally {
    for (const [name, listener] of listeners) stream.off(name, listener)
  }
}

/** Has the server go over to TLS; gives its greeting. */
async function askForTls(socket: Socket): Promise<Uint8Array> {
  const greeting = await readLine(socket)
  socket.write('STLS\r\n')
  const answer = await readLine(socket)
  if (String(answer).startsWith('+OK')) return greeting
  throw new Error(`it answers "${String(answer).trim()}" to STLS; expected +OK`)
}

/** Reads octet by octet: what follows the line is not the line's. */
async function readLine(socket: Socket): Promise<Buffer> {
  const octets: Buffer[] = []
  for (;;) {
    const octet: unknown = socket.read(1)
    if (octet instanceof Uint8Array) octets.push(Buffer.from(octet))
    else await happens(socket, 'readable')
    if (octets.at(-1)?.[0] === LF) return Buffer.concat(octets)
  }
}

async function secure(socket: Socket, { host, ca, insecure }: Upstream): Promise<Duplex> {
  const secured = connectTls({
    socket,
    rejectUnauthorized: !insecure,
    ...(ca !== undefined && { ca }),
    // An address is no server name (RFC 6066 section 3), but it is what the certificate is held against.
    ...(isIP(host) === 0 ? { servername: host } : { host }),
  })
  await happens(secured, 'secureConnect')
  return secured
}
