/** STLS, RFC 2595 section 4 (R60, R61): the handshake follows the answer. */
import { followedBy } from '../reply/reply.ts'
import type { CommandDefinition } from './command-definition.ts'

export const stls: CommandDefinition<'none'> = {
  verb: 'STLS',
  argument: 'none',
  run(session) {
    if (session.secure) return session.err('stls.active')
    // A client must not ask for TLS once it has said UTF8 (R93).
    if (!session.tlsAvailable || session.utf8) return session.err('stls.unavailable')
    return followedBy(session.ok('stls.ok'), { type: 'startTls' })
  },
}
