/** UIDL [n], RFC 1939 section 7 (R36): the unique-id of one message, or of all that are not marked deleted. */
import { formatUniqueIdListing } from '@pop3kit/codec'
import type { NumberedMessage } from '../maildrop/snapshot.ts'
import { reply } from '../reply/reply.ts'
import type { CommandDefinition } from './command-definition.ts'

const format = ({ number, message }: NumberedMessage): string =>
  formatUniqueIdListing({ number, uniqueId: message.uid })

export const uidl: CommandDefinition<'optionalNumber'> = {
  verb: 'UIDL',
  argument: 'optionalNumber',
  run(session, number) {
    if (number !== undefined) return session.withMessage(number, (entry) => reply.ok(format(entry)))
    return session.voice.ok('uidl.ok', {}, { lines: session.snapshot.remaining.map(format) })
  },
}
