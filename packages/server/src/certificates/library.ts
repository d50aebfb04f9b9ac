/** The certificate library, loaded when the first certificate is made: importing it costs more than all the rest of the server. */
import type * as X509 from '@peculiar/x509'
import type { webcrypto } from 'node:crypto'
import { load } from '../lazily.ts'

// The names of Web Crypto that the types of the library take for granted; Node has them in a namespace.
declare global {
  type Algorithm = webcrypto.Algorithm
  type AlgorithmIdentifier = webcrypto.AlgorithmIdentifier
  type BufferSource = webcrypto.BufferSource
  type Crypto = webcrypto.Crypto
  type CryptoKey = webcrypto.CryptoKey
  type CryptoKeyPair = webcrypto.CryptoKeyPair
  type EcKeyGenParams = webcrypto.EcKeyGenParams
  type EcKeyImportParams = webcrypto.EcKeyImportParams
  type EcdsaParams = webcrypto.EcdsaParams
  type KeyUsage = webcrypto.KeyUsage
  type RsaHashedImportParams = webcrypto.RsaHashedImportParams
}

/** The library, and the cryptography that it works with. */
export function certificateLibrary(): { x509: typeof X509; crypto: typeof webcrypto } {
  load('reflect-metadata')
  const x509 = load('@peculiar/x509')
  const { webcrypto: crypto } = load('node:crypto')
  // A test runner's environment may have no global one.
  x509.cryptoProvider.set(crypto)
  return { x509, crypto }
}
