/** XTND, RFC 1082: an extension of the server's own, of which only the answer is played. */
import type { CommandDefinition } from './command-definition.ts'

export const xtnd: CommandDefinition<'any'> = {
  verb: 'XTND',
  argument: 'any',
  run: (session) => session.ok('xtnd.ok'),
}
