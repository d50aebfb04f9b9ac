/** LAST, RFC 1225 and 1460: the highest message number that was accessed since the login or the last RSET. */
import type { CommandDefinition } from './command-definition.ts'

export const last: CommandDefinition<'none'> = {
  verb: 'LAST',
  argument: 'none',
  run: (session) => session.voice.ok('last.ok', { last: session.snapshot.last }),
}
