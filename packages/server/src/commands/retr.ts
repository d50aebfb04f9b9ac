/** RETR n, RFC 1939 section 5 (R31). */
import { bringing } from '../reply/reply.ts'
import type { CommandDefinition } from './command-definition.ts'

export const retr: CommandDefinition<'number'> = {
  verb: 'RETR',
  argument: 'number',
  run: (session, number) =>
    session.withContent(number, (entry, { octets, pieces }) => {
      session.retrieve(entry)
      const { uid } = entry.message
      return bringing(session.voice.ok('retr.ok', { number, octets }, { body: pieces }), { number, uid })
    }),
}
