/** TOP n lines, RFC 1939 section 7 (R35). */
import { Refusal } from '../personas/argument-reader.ts'
import { topOfMessage } from '../maildrop/top.ts'
import type { CommandDefinition } from './command-definition.ts'

export const top: CommandDefinition<'numberAndLines'> = {
  verb: 'TOP',
  argument: 'numberAndLines',
  run(session, { number, lines }) {
    if (lines instanceof Refusal) return session.withMessage(number, () => session.voice.refused(lines))
    return session.withContent(number, (_entry, { octets, pieces }) =>
      session.voice.ok(
        'top.ok',
        { number, octets, lines },
        { body: () => (lines < 0 ? pieces() : topOfMessage(pieces(), lines)) },
      ),
    )
  },
}
