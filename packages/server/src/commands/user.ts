/** USER name, RFC 1939 section 7 (R18). Every name is welcome: whether it is right shows at PASS. */
import { text } from './arguments.ts'
import type { CommandDefinition } from './command-definition.ts'

export const user: CommandDefinition<string> = {
  verb: 'USER',
  states: ['AUTHORIZATION'],
  argument: text,
  run(session, name) {
    if (session.claimedUser !== undefined && session.persona.grammar.userHolds === 'next') {
      session.claimedUser = undefined
      return session.err('user.again')
    }
    session.claimedUser = name
    return session.ok('user.ok')
  },
}
