/** Modules that most servers never need and that cost milliseconds to load: they are loaded when they are needed. */
import { createRequire } from 'node:module'

/** A `require` and no `import()`: Jest's CommonJS mode has none of the latter, and the handshake need not wait for it. */
export const requireLazily: NodeJS.Require = createRequire(import.meta.url)
