/** QUIT, RFC 1939 sections 4 and 6 (R24, R38): out of TRANSACTION it leads through UPDATE. */
import { noArgument } from './arguments.ts'
import type { CommandDefinition } from './command-definition.ts'

export const quit: CommandDefinition<undefined> = {
  verb: 'QUIT',
  states: ['AUTHORIZATION', 'TRANSACTION'],
  argument: noArgument,
  run: (session) => session.quit(),
}
