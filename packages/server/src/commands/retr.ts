/** RETR n, RFC 1939 section 5 (R31). */
import type { CommandDefinition } from './command-definition.ts'

export const retr: CommandDefinition<'number'> = {
  verb: 'RETR',
  argument: 'number',
  run: (session, number) =>
    session.withContent(number, (entry) => {
      session.snapshot.retrieve(entry)
      const { message, octets } = entry
      return session.ok('retr.ok', { number, octets }, { body: () => message.pieces() })
    }),
}
