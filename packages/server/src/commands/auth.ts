/** AUTH mechanism [initial-response], RFC 5034 section 4 (R72-R84). */
import { mechanisms } from '../sasl/index.ts'
import { SaslExchange } from '../session/sasl-exchange.ts'
import type { CommandDefinition } from './command-definition.ts'

export const auth: CommandDefinition<'mechanism'> = {
  verb: 'AUTH',
  argument: 'mechanism',
  run(session, argument) {
    if (argument === undefined) return session.ok('auth.list', {}, { lines: session.mechanisms() })
    const mechanism = mechanisms.get(argument.mechanism.toUpperCase())
    if (mechanism === undefined || !session.persona.sasl.mechanisms.some((name) => name === mechanism.name)) {
      return session.err('auth.unknown')
    }
    if (mechanism.cleartext && !session.takesPasswords) return session.err('login.cleartext')
    if (argument.initial !== undefined && !mechanism.clientFirst) return session.err('auth.initial')
    return new SaslExchange(session, mechanism).begin(argument.initial)
  },
}
