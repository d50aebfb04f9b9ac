/** QUIT, RFC 1939 sections 4 and 6 (R24, R38): out of TRANSACTION it leads through UPDATE. */
import type { CommandDefinition } from './command-definition.ts'

export const quit: CommandDefinition<'none'> = {
  verb: 'QUIT',
  argument: 'none',
  run: (session) => session.quit(),
}
