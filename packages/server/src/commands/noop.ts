/** NOOP, RFC 1939 section 5 (R33). */
import { noArgument } from './arguments.ts'
import type { CommandDefinition } from './command-definition.ts'

export const noop: CommandDefinition<undefined> = {
  verb: 'NOOP',
  states: ['TRANSACTION'],
  argument: noArgument,
  run: (session) => session.ok('noop.ok'),
}
