/** TCP and TLS: the one place that touches the network. */
import { connect as connectTcp, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { clearTimeout, setTimeout } from 'node:timers'
import { connect as connectTls, type SecureVersion, type TLSSocket } from 'node:tls'

/** A server that is not reached, or not over TLS; unlike a verdict this may be no fault of it. */
export class ConnectionError extends Error {
  /** The code of the system or of OpenSSL: `ECONNREFUSED`, `ERR_SSL_WRONG_VERSION_NUMBER`. */
  get code(): unknown {
    return this.cause instanceof Error && 'code' in this.cause ? this.cause.code : undefined
  }
}

/** What TLS is to be like. */
export interface TlsSettings {
  /** Certificate authorities to trust in place of those of Node, as PEM. */
  readonly ca?: string | readonly string[] | undefined
  /** The name that the certificate must have; by default the host. */
  readonly servername?: string | undefined
  /** Whether a certificate that nobody vouches for ends the connection. */
  readonly rejectUnauthorized: boolean
  /** The oldest version to agree to, and the newest. */
  readonly minVersion?: SecureVersion | undefined
  readonly maxVersion?: SecureVersion | undefined
}

/** Connects, or says within so many milliseconds why it cannot. */
export function dial(host: string, port: number, ms: number): Promise<Duplex> {
  // Octets that are sent one by one are to go out one by one
  const socket = connectTcp({ host, port, noDelay: true })
  return settled(socket, 'connect', ms, `connect to ${host}:${port}`)
}

/** Makes the handshake, as the client, over a stream. */
export async function handshake(stream: Duplex, settings: TlsSettings, ms: number): Promise<TLSSocket> {
  const { ca, servername, rejectUnauthorized, minVersion, maxVersion } = settings
  const socket = connectTls({
    socket: stream,
    rejectUnauthorized,
    ...(ca !== undefined && { ca: [...(typeof ca === 'string' ? [ca] : ca)] }),
    // Versions before 1.2 need what OpenSSL refuses by default.
    ...(minVersion !== undefined && { minVersion, ciphers: 'DEFAULT@SECLEVEL=0' }),
    ...(maxVersion !== undefined && { maxVersion }),
    // An address is no server name (RFC 6066 section 3), but it is what the certificate is held against.
    ...(servername !== undefined && (isIP(servername) === 0 ? { servername } : { host: servername })),
  })
  return settled(socket, 'secureConnect', ms, 'agree on TLS')
}

async function settled<S extends Duplex>(stream: S, event: string, ms: number, what: string): Promise<S> {
  let giveUp: NodeJS.Timeout | undefined
  try {
    return await new Promise<S>((resolve, reject) => {
      const failed = (reason: string, cause?: Error): void =>
        reject(new ConnectionError(`Cannot ${what}: ${reason}`, { cause }))
      giveUp = setTimeout(() => failed(`nothing happens within ${Math.round(ms)} ms`), ms)
      stream.once(event, () => resolve(stream))
      // Where every address of a host was tried in vain the error has no message of its own.
      stream.on('error', (error) => failed(error.message === '' ? 'no address answers' : error.message, error))
      stream.once('close', () => failed('the connection is closed'))
    })
  } catch (error) {
    stream.destroy()
    throw error
  } finally {
    clearTimeout(giveUp)
  }
}
