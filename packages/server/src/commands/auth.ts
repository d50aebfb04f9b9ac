/** AUTH mechanism [initial-response], RFC 5034 section 4 (R72-R84). */
import { mechanisms } from '../sasl/index.ts'
import { isOpen, mechanismsFor } from '../session/offers.ts'
import { SaslExchange } from '../session/sasl-exchange.ts'
import type { CommandDefinition } from './command-definition.ts'

export const auth: CommandDefinition<'mechanism'> = {
  verb: 'AUTH',
  argument: 'mechanism',
  run(session, argument) {
    if (argument === undefined) return session.voice.ok('auth.list', {}, { lines: mechanismsFor(session) })
    const mechanism = mechanisms.get(argument.mechanism.toUpperCase())
    if (mechanism === undefined || !isOpen(mechanism.name, session)) return session.voice.err('auth.unknown')
    if (mechanism.cleartext && !session.takesPasswords) return session.voice.err('login.cleartext')
    const { noInitial = [] } = session.persona.sasl
    const takesInitial = mechanism.clientFirst && !noInitial.some((name) => name === mechanism.name)
    if (argument.initial !== undefined && !takesInitial) return session.voice.err('auth.initial')
    return new SaslExchange(session, mechanism).begin(argument.initial)
  },
}
