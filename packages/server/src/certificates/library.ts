/// <reference path="./web-crypto.d.ts" />
/** The certificate library, loaded when the first certificate is made: importing it costs more than all the rest of the server. */
import type * as X509 from '@peculiar/x509'
import type { webcrypto } from 'node:crypto'
import { createRequire } from 'node:module'

type Crypto = typeof webcrypto

const require = createRequire(import.meta.url)

/** A `require` and no `import()`: Jest's CommonJS mode has none. */
export function certificateLibrary(): { x509: typeof X509; crypto: Crypto } {
  // The library's own dependency wants this to be there before it.
  require('reflect-metadata')
  const x509 = require('@peculiar/x509') as typeof X509
  const { webcrypto: crypto } = require('node:crypto') as { webcrypto: Crypto }
  // A test runner's environment may have no global one.
  x509.cryptoProvider.set(crypto)
  return { x509, crypto }
}
