/** RETR n, RFC 1939 section 5 (R31). */
import { messageNumber } from './arguments.ts'
import type { CommandDefinition } from './command-definition.ts'

export const retr: CommandDefinition<number> = {
  verb: 'RETR',
  states: ['TRANSACTION'],
  argument: messageNumber,
  run: (session, number) =>
    session.withContent(number, ({ message, octets }) =>
      session.ok('retr.ok', { octets }, { body: () => message.pieces() }),
    ),
}
