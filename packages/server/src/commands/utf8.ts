/** UTF8, RFC 6856 section 2 (R90): from now on headers in UTF-8 are sent as they are. */
import type { CommandDefinition } from './command-definition.ts'

export const utf8: CommandDefinition<'none'> = {
  verb: 'UTF8',
  argument: 'none',
  run(session) {
    session.utf8 = true
    return session.voice.ok('utf8.ok')
  },
}
