/** Certificates for TLS (RFC 8314), good ones and bad ones, signed by an authority that lives as long as the process. */
import type { X509Certificate } from '@peculiar/x509'
import type { webcrypto } from 'node:crypto'
import { certificateLibrary } from './library.ts'

/** A certificate with its private key, both as PEM. */
export interface KeyPair {
  /** The certificate, PEM; the certificates of the chain may follow it. */
  readonly cert: string
  /** The private key, PEM. */
  readonly key: string
}

/** A generated server certificate: a good one, or what can be wrong with one (M73). */
export type CertificateKind = 'valid' | 'expired' | 'not-yet-valid' | 'self-signed' | 'wrong-host'

/** The kinds of generated certificates. */
export const certificateKinds: readonly CertificateKind[] = [
  'valid',
  'expired',
  'not-yet-valid',
  'self-signed',
  'wrong-host',
]

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

const day = 86_400_000

/** From when to when, in days from now. Clients do not accept much more than two years. */
const validity: Readonly<Partial<Record<CertificateKind, readonly [from: number, to: number]>>> = {
  expired: [-30, -1],
  'not-yet-valid': [1, 30],
}

/** Who signs. */
interface Issuer {
  readonly certificate: X509Certificate
  readonly keys: webcrypto.CryptoKeyPair
}

/** What a certificate says. */
interface Contents {
  readonly name: string
  readonly hosts: readonly string[]
  readonly use: 'server' | 'client'
  readonly days: readonly [from: number, to: number]
  /** Without one it signs itself. */
  readonly issuer: Issuer | undefined
}

/** The authority of this process, made on first use. */
let authority: Promise<Issuer> | undefined

/** Certificates that were made, by what they are for: the servers of one process share them. */
const made = new Map<string, Promise<KeyPair>>()

/** The certificate of the authority, PEM: what a client is to trust. */
export async function authorityCertificate(): Promise<string> {
  const { certificate } = await theAuthority()
  return certificate.toString('pem')
}

/** A certificate for a server with these names and addresses. */
export function serverCertificate(kind: CertificateKind, hosts: readonly string[]): Promise<KeyPair> {
  return once(`${kind} ${hosts.join(' ')}`, async () => {
    const named = kind === 'wrong-host' ? ['wrong-host.invalid'] : hosts
    return issue({
      name: named[0] ?? 'pop3kit',
      hosts: named,
      use: 'server',
      days: validity[kind] ?? [-1, 365],
      issuer: kind === 'self-signed' ? undefined : await theAuthority(),
    })
  })
}

/** A certificate for the client of a user (SASL EXTERNAL, RFC 4422 appendix A): the common name is the user's. */
export function clientCertificate(user: string): Promise<KeyPair> {
  return once(`client ${user}`, async () =>
    issue({ name: user, hosts: [], use: 'client', days: [-1, 365], issuer: await theAuthority() }),
  )
}

function once(what: string, make: () => Promise<KeyPair>): Promise<KeyPair> {
  const pair = made.get(what) ?? make()
  made.set(what, pair)
  return pair
}

function theAuthority(): Promise<Issuer> {
  authority ??= makeAuthority()
  return authority
}

async function makeAuthority(): Promise<Issuer> {
  const { x509 } = certificateLibrary()
  const keys = await generateKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: ['pop3kit test authority'] }],
    notBefore: fromNow(-1),
    notAfter: fromNow(3650),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate, keys }
}

async function issue({ name, hosts, use, days: [from, to], issuer }: Contents): Promise<KeyPair> {
  const { x509, crypto } = certificateLibrary()
  const keys = await generateKeys()
  const subject = [{ CN: [name] }]
  const purpose = use === 'server' ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth
  const names = hosts.map((host) => ({ type: isAddress(host) ? ('ip' as const) : ('dns' as const), value: host }))
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: issuer?.certificate.subjectName.toJSON() ?? subject,
    notBefore: fromNow(from),
    notAfter: fromNow(to),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([purpose]),
      // A strict OpenSSL refuses a certificate without the two key identifiers.
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create((issuer?.keys ?? keys).publicKey),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
    ],
  })
  const key = new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey))
  return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(key, 'PRIVATE KEY') }
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return certificateLibrary().crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

/** Positive and never the same, as RFC 5280 section 4.1.2.2 wants it. */
function serialNumber(): string {
  const random = certificateLibrary().crypto.getRandomValues(new Uint8Array(15))
  return `01${Buffer.from(random).toString('hex')}`
}

/** An IPv4 or IPv6 address, and no name. */
function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+(\.\d+){3}$/.test(host)
}

function fromNow(days: number): Date {
  return new Date(Date.now() + days * day)
}
