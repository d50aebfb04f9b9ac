/** CAPA, RFC 2449 section 5 (R43, R44). */
import { noArgument } from './arguments.ts'
import type { CommandDefinition } from './command-definition.ts'

export const capa: CommandDefinition<undefined> = {
  verb: 'CAPA',
  states: ['AUTHORIZATION', 'TRANSACTION'],
  argument: noArgument,
  run(session) {
    const state = session.state === 'AUTHORIZATION' ? 'AUTHORIZATION' : 'TRANSACTION'
    return session.ok('capa.ok', {}, { lines: session.persona.capabilities[state] })
  },
}
