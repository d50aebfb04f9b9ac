/// <reference path="./web-crypto.d.ts" />
/** The certificate library, loaded when the first certificate is made: importing it costs more than all the rest of the server. */
import type * as X509 from '@peculiar/x509'
import type { webcrypto } from 'node:crypto'
import { requireLazily } from '../lazily.ts'

type Crypto = typeof webcrypto

/** The library, and the cryptography that it works with. */
export function certificateLibrary(): { x509: typeof X509; crypto: Crypto } {
  // The library's own dependency wants this to be there before it.
  requireLazily('reflect-metadata')
  const x509 = requireLazily('@peculiar/x509') as typeof X509
  const { webcrypto: crypto } = requireLazily('node:crypto') as { webcrypto: Crypto }
  // A test runner's environment may have no global one.
  x509.cryptoProvider.set(crypto)
  return { x509, crypto }
}
