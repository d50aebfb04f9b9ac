/** USER name, RFC 1939 section 7 (R18). Every name is welcome: whether it is right shows at PASS. */
import type { CommandDefinition } from './command-definition.ts'

export const user: CommandDefinition<'name'> = {
  verb: 'USER',
  argument: 'name',
  run(session, name) {
    if (!session.takesPasswords) return session.err('login.cleartext')
    if (session.claimedUser !== undefined && session.persona.grammar.userHolds === 'next') {
      session.claimedUser = undefined
      return session.err('user.again')
    }
    session.claimedUser = name
    return session.ok('user.ok')
  },
}
