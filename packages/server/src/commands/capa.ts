/** CAPA, RFC 2449 section 5 (R43, R44). */
import { capabilityFacts } from '../session/offers.ts'
import type { CommandDefinition } from './command-definition.ts'

export const capa: CommandDefinition<'none'> = {
  verb: 'CAPA',
  argument: 'none',
  run: (session) => session.voice.ok('capa.ok', {}, { lines: session.persona.capabilities(capabilityFacts(session)) }),
}
