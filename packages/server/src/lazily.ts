/** Modules that most servers never need and that cost milliseconds to load: they are loaded when they are needed. */
import type * as X509 from '@peculiar/x509'
import type * as Crypto from 'node:crypto'
import { createRequire } from 'node:module'
import type * as Tls from 'node:tls'

interface LazyModules {
  readonly 'node:crypto': typeof Crypto
  readonly 'node:tls': typeof Tls
  readonly '@peculiar/x509': typeof X509
  /** The library's own dependency wants this to be there before it. */
  readonly 'reflect-metadata': unknown
}

/** A `require` and no `import()`: Jest's CommonJS mode has none of the latter, and a handshake need not wait for it. */
export const load: <Name extends keyof LazyModules>(name: Name) => LazyModules[Name] = createRequire(import.meta.url)
