/** AUTH mechanism [initial-response], RFC 5034 section 4 (R72-R84). */
import { mechanisms } from '../sasl/index.ts'
import { SaslExchange } from '../session/sasl-exchange.ts'
import type { CommandDefinition } from './command-definition.ts'

export const auth: CommandDefinition<'mechanism'> = {
  verb: 'AUTH',
  argument: 'mechanism',
  run(session, argument) {
    if (argument === undefined) return session.ok('auth.list', {}, { lines: session.mechanisms() })
    const { mechanisms: known, noInitial = [] } = session.persona.sasl
    const mechanism = mechanisms.get(argument.mechanism.toUpperCase())
    const isOneOf = (names: readonly string[]): boolean => mechanism !== undefined && names.includes(mechanism.name)
    if (mechanism === undefined || !isOneOf(known)) return session.err('auth.unknown')
    if (mechanism.cleartext && !session.takesPasswords) return session.err('login.cleartext')
    const takesInitial = mechanism.clientFirst && !isOneOf(noInitial)
    if (argument.initial !== undefined && !takesInitial) return session.err('auth.initial')
    return new SaslExchange(session, mechanism).begin(argument.initial)
  },
}
