/** APOP name digest, RFC 1939 section 7 (R20-R22). */
import { apopDigest } from '@pop3kit/codec'
import { nameAndDigest } from './arguments.ts'
import type { CommandDefinition } from './command-definition.ts'

export const apop: CommandDefinition<{ user: string; digest: string }> = {
  verb: 'APOP',
  states: ['AUTHORIZATION'],
  argument: nameAndDigest,
  run(session, { user, digest }) {
    if (session.timestamp === undefined) return session.err('command.unknown')
    const maildrop = session.maildropOf(user)
    if (maildrop?.apopSecret === undefined || apopDigest(session.timestamp, maildrop.apopSecret) !== digest) {
      return session.err('login.refused')
    }
    return session.enter(maildrop)
  },
}
