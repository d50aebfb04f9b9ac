/** XOIP address, an extension of Zimbra: its proxy says whose connection it passes on, and is not believed here. */
import type { CommandDefinition } from './command-definition.ts'

export const xoip: CommandDefinition<'any'> = {
  verb: 'XOIP',
  argument: 'any',
  run: (session) => session.voice.ok('xclient.ok'),
}
