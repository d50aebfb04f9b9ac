/** The certificate of `serve`: one that is generated, or the user's own. */
import type { CertificateKind, TlsOptions } from '@pop3kit/server'
import { readText } from './read-text.ts'
import { UsageError } from './usage-error.ts'

/** What is said of it on the command line. */
export interface CertificateOptions {
  readonly certificate: string
  readonly key?: string
  readonly tlsHost?: readonly string[]
}

const kinds: readonly string[] = [
  'valid',
  'expired',
  'not-yet-valid',
  'self-signed',
  'wrong-host',
] satisfies CertificateKind[]

const isKind = (certificate: string): certificate is CertificateKind => kinds.includes(certificate)

/** @throws {UsageError} When a file cannot be read, or certificate and key do not come together. */
export async function tlsOptionsOf({ certificate, key, tlsHost: hosts }: CertificateOptions): Promise<TlsOptions> {
  if (isKind(certificate)) {
    if (key === undefined) return { certificate, hosts }
    throw new UsageError(`Cannot use --key with a generated certificate: expected --certificate FILE`)
  }
  if (key === undefined) {
    throw new UsageError(
      `Cannot use the certificate "${certificate}": expected one of ${kinds.join(', ')}, or a PEM file with --key FILE`,
    )
  }
  return { certificate: { cert: await readText(certificate), key: await readText(key) } }
}
