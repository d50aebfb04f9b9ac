/** TOP n lines, RFC 1939 section 7 (R35). */
import { topOfMessage } from '../maildrop/top.ts'
import type { CommandDefinition } from './command-definition.ts'

export const top: CommandDefinition<'numberAndLines'> = {
  verb: 'TOP',
  argument: 'numberAndLines',
  run: (session, { number, lines }) =>
    session.withContent(number, ({ message }) =>
      session.ok(
        'top.ok',
        { number },
        { body: () => (lines < 0 ? message.pieces() : topOfMessage(message.pieces(), lines)) },
      ),
    ),
}
