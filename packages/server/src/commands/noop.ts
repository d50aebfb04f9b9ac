/** NOOP, RFC 1939 section 5 (R33). */
import type { CommandDefinition } from './command-definition.ts'

export const noop: CommandDefinition<'none'> = {
  verb: 'NOOP',
  argument: 'none',
  run: (session) => session.voice.ok('noop.ok'),
}
