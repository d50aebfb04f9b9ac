/** USER name, RFC 1939 section 7 (R18). Every name is welcome: whether it is right shows at PASS. */
import type { CommandDefinition } from './command-definition.ts'

export const user: CommandDefinition<'name'> = {
  verb: 'USER',
  argument: 'name',
  run(session, name) {
    if (!session.takesPasswords) return session.voice.err('login.cleartext')
    const { userHolds, anotherUser } = session.persona.grammar
    if (session.claimedUser !== undefined && anotherUser === 'refused') {
      if (userHolds === 'next') session.claimedUser = undefined
      return session.voice.err('user.again')
    }
    if (session.accounts.canonicalName(name) === undefined) return session.voice.err('user.invalid')
    session.claimedUser = name
    return session.voice.ok('user.ok')
  },
}
