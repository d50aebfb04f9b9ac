/** XCLIENT, an extension of Dovecot (and of Postfix, for SMTP): a proxy says whose connection it passes on, and is not believed here. */
import type { CommandDefinition } from './command-definition.ts'

export const xclient: CommandDefinition<'any'> = {
  verb: 'XCLIENT',
  argument: 'any',
  run: (session) => session.voice.ok('xclient.ok'),
}
