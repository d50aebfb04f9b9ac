/** When TLS begins, and what it has to know (RFC 2595 section 4, RFC 8314 section 3). */
import { Pop3ArgumentError } from '@pop3kit/codec'
import type { Pop3TlsMode, Pop3TlsOptions } from './options.ts'

const modes: readonly unknown[] = ['none', 'implicit', 'starttls'] satisfies Pop3TlsMode[]

/** The choice of a caller, in its long form. A wrong one must not be taken for `'none'`. */
export function tlsOptions(tls: Pop3TlsMode | Pop3TlsOptions = 'none'): Pop3TlsOptions {
  const options = typeof tls === 'string' ? { mode: tls } : tls
  if (modes.includes(options.mode)) return options
  throw new Pop3ArgumentError('Cannot use the option tls: expected "none", "implicit" or "starttls", or { mode }')
}
