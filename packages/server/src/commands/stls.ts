/** STLS, RFC 2595 section 4 (R60, R61): the handshake follows the answer. */
import { followedBy } from '../reply/reply.ts'
import type { CommandDefinition } from './command-definition.ts'

export const stls: CommandDefinition<'none'> = {
  verb: 'STLS',
  argument: 'none',
  run(session) {
    if (session.secure) return session.voice.err('stls.active')
    if (!session.tlsAvailable) return session.voice.err('stls.unavailable')
    return followedBy(session.voice.ok('stls.ok'), { type: 'startTls' })
  },
}
