/** RSET, RFC 1939 section 5 (R34): all marks are cleared, and one +OK says so. */
import type { CommandDefinition } from './command-definition.ts'

export const rset: CommandDefinition<'none'> = {
  verb: 'RSET',
  argument: 'none',
  run(session) {
    const { marked } = session.snapshot
    session.reset()
    return session.voice.ok('rset.ok', { ...session.totals(), marked })
  },
}
