/** AUTH as a way to log in (RFC 5034). */
import type { Mechanism } from '../sasl/mechanism.ts'
import { authenticate } from './authenticate.ts'
import type { LoginWay } from './way.ts'

export function byAuth<Credentials>(mechanism: Mechanism<Credentials>, credentials: Credentials): LoginWay {
  const { name, cleartext } = mechanism
  return {
    name,
    cleartext,
    // Mechanisms have rules of their own for what is not ASCII
    needsUtf8: false,
    isOffered: ({ capabilities }) => capabilities?.get('SASL')?.some((each) => each.toUpperCase() === name) ?? false,
    async go(connection, { capabilities }, secrets) {
      // R72: not to a server that does not announce SASL
      const initialResponse = capabilities?.has('SASL') ?? false
      await authenticate(connection, mechanism, credentials, { initialResponse, secrets })
    },
  }
}
