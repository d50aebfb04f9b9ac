/** DELE n, RFC 1939 section 5 (R32): marks only; removal is the business of UPDATE. */
import type { CommandDefinition } from './command-definition.ts'

export const dele: CommandDefinition<'number'> = {
  verb: 'DELE',
  argument: 'number',
  run: (session, number) =>
    session.withMessage(number, (entry) => {
      session.snapshot.mark(entry)
      return session.voice.ok('dele.ok', { number })
    }),
}
