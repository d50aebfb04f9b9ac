/** TLS on a stream, TCP or memory: the server's side of the handshake (RFC 2595 section 4, RFC 8314). */
import { Pop3ArgumentError } from '@pop3kit/codec'
import type { Duplex } from 'node:stream'
import type * as Tls from 'node:tls'
import {
  type CertificateKind,
  type KeyPair,
  authorityCertificate,
  certificateKinds,
  serverCertificate,
} from '../certificates/authority.ts'
import { load } from '../lazily.ts'

/** How a server does TLS. */
export interface TlsOptions {
  /**
   * Its certificate: a good one, one of the bad ones that real servers show (M73), or your own as PEM. The generated ones are made on
   * first use and signed by the authority whose certificate {@link Pop3Server.certificateAuthority} gives. @default {'valid'}
   */
  readonly certificate?: CertificateKind | KeyPair | undefined
  /** The names and addresses that a generated certificate is for. @default {['localhost', '127.0.0.1', '::1']} */
  readonly hosts?: readonly string[] | undefined
  /**
   * Whether a client is asked for a certificate. One that is signed by `clientAuthority` lets SASL EXTERNAL in, as the user of its
   * common name; it does not log in by itself (R60, R66). @default {'ignore'}
   */
  readonly clientCertificates?: 'ignore' | 'request' | 'require' | undefined
  /** Who signs the certificates of clients, PEM. @default {the authority of the generated certificates} */
  readonly clientAuthority?: string | undefined
  /** The oldest version of TLS that it speaks (R68). @default {'TLSv1.2'} */
  readonly minVersion?: Tls.SecureVersion | undefined
  /** The newest version of TLS that it speaks. @default {'TLSv1.3'} */
  readonly maxVersion?: Tls.SecureVersion | undefined
}

/** What is known when a handshake is over. */
export interface Secured {
  readonly stream: Tls.TLSSocket
  /** The version: `TLSv1.3`. */
  readonly protocol: string
  /** The host that the client asked for (SNI). */
  readonly host: string | undefined
  /** The common name of the client's certificate, if it sent one that is in order. */
  readonly clientName: string | undefined
}

/** Why a handshake failed whose client is gone. */
export const goneInHandshake = 'the client closed the connection in the handshake'

const defaultHosts = ['localhost', '127.0.0.1', '::1']

const clientCertificateChoices = ['ignore', 'request', 'require']

/** What a server needs for its handshakes; made when the first one begins. */
export class TlsAcceptor {
  readonly #options: TlsOptions
  /** Names and addresses that the generated certificate is for as well. */
  readonly #moreHosts = new Set<readonly string[]>()
  #ready: Promise<{ context: Tls.SecureContext; clientAuthority: string }> | undefined

  /** @throws {Pop3ArgumentError} When there is no such certificate. */
  constructor(options: TlsOptions) {
    const { certificate = 'valid', clientCertificates = 'ignore' } = options
    if (typeof certificate === 'string' && !certificateKinds.includes(certificate)) {
      throw new Pop3ArgumentError(
        `Cannot use the certificate "${certificate}": expected one of ${certificateKinds.join(', ')}, or { cert, key }`,
      )
    }
    if (!clientCertificateChoices.includes(clientCertificates)) {
      throw new Pop3ArgumentError(
        `Cannot use "${clientCertificates}" for clientCertificates: expected one of ${clientCertificateChoices.join(', ')}`,
      )
    }
    this.#options = options
  }

  /** Makes the generated certificate, from the next handshake on, one for more names and addresses; the function that comes back undoes it. */
  certifyFor(hosts: readonly string[]): () => void {
    const more = [...hosts]
    this.#moreHosts.add(more)
    this.#ready = undefined
    return () => {
      if (this.#moreHosts.delete(more)) this.#ready = undefined
    }
  }

  /** Makes key and certificate if that was not done before. What goes wrong there is the handshake's to say. */
  async prepare(): Promise<void> {
    await this.#prepared().catch(() => {})
  }

  /** Does the handshake. Rejects when it fails; the stream is gone then. */
  async accept(stream: Duplex): Promise<Secured> {
    const { TLSSocket } = load('node:tls')
    const { context, clientAuthority } = await this.#prepared()
    const { clientCertificates = 'ignore' } = this.#options
    const secured = new TLSSocket(stream, {
      isServer: true,
      secureContext: context,
      requestCert: clientCertificates !== 'ignore',
      rejectUnauthorized: false,
    })
    await new Promise<void>((resolve, reject) => {
      secured.once('secure', resolve)
      secured.on('error', reject)
      for (const event of ['end', 'close']) {
        secured.once(event, () => reject(new Error(goneInHandshake)))
      }
    })
    // Node ends a socket in which TLS fails later only if it came from a server of Node's own.
    secured.on('_tlsError', () => secured.destroy())
    const clientName = nameOfClient(secured, clientAuthority)
    if (clientCertificates === 'require' && clientName === undefined) {
      secured.destroy()
      throw new Error('the client sent no certificate that is in order')
    }
    // Where no host was asked for it is `false`, whatever its type says.
    const host = secured.servername || undefined
    return { stream: secured, protocol: secured.getProtocol() ?? '', host, clientName }
  }

  #prepared(): Promise<{ context: Tls.SecureContext; clientAuthority: string }> {
    this.#ready ??= this.#prepare()
    return this.#ready
  }

  async #prepare(): Promise<{ context: Tls.SecureContext; clientAuthority: string }> {
    const {
      certificate = 'valid',
      hosts = defaultHosts,
      clientCertificates = 'ignore',
      minVersion,
      maxVersion,
    } = this.#options
    const names = [...new Set([...[...this.#moreHosts].flat(), ...hosts])]
    const { cert, key } = typeof certificate === 'string' ? await serverCertificate(certificate, names) : certificate
    const clientAuthority =
      clientCertificates === 'ignore' ? '' : (this.#options.clientAuthority ?? (await authorityCertificate()))
    const context = load('node:tls').createSecureContext({
      cert,
      key,
      ...(clientAuthority === '' ? {} : { ca: clientAuthority }),
      ...(minVersion === undefined ? {} : { minVersion }),
      ...(maxVersion === undefined ? {} : { maxVersion }),
    })
    return { context, clientAuthority }
  }
}

function nameOfClient(socket: Tls.TLSSocket, authorityPem: string): string | undefined {
  const certificate = authorityPem === '' ? undefined : socket.getPeerX509Certificate()
  if (certificate === undefined) return undefined
  const { X509Certificate } = load('node:crypto')
  const authority = new X509Certificate(authorityPem)
  const isInTime = Date.parse(certificate.validFrom) <= Date.now() && Date.now() <= Date.parse(certificate.validTo)
  if (!isInTime || !certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) return undefined
  return /^CN=(.+)$/m.exec(certificate.subject)?.[1]
}
