/** APOP name digest, RFC 1939 section 7 (R20-R22). */
import { apopDigest } from '@pop3kit/codec'
import type { CommandDefinition } from './command-definition.ts'

export const apop: CommandDefinition<'nameAndDigest'> = {
  verb: 'APOP',
  argument: 'nameAndDigest',
  run(session, { name, digest }) {
    const { anotherUser } = session.persona.grammar
    if (session.claimedUser !== undefined && anotherUser === 'refused') return session.voice.err('user.again')
    if (session.timestamp === undefined) return session.voice.err('apop.unavailable')
    const maildrop = session.accounts.find(name)
    if (maildrop?.apopSecret === undefined || apopDigest(session.timestamp, maildrop.apopSecret) !== digest) {
      return session.voice.err('login.refused')
    }
    return session.enter(maildrop)
  },
}
