/** LIST [n], RFC 1939 section 5 (R27, R28): the scan listing of one message, or of all that are not marked deleted. */
import { formatScanListing } from '@pop3kit/codec'
import { reply } from '../reply/reply.ts'
import type { CommandDefinition } from './command-definition.ts'

export const list: CommandDefinition<'optionalNumber'> = {
  verb: 'LIST',
  argument: 'optionalNumber',
  run(session, number) {
    if (number !== undefined) return session.withMessage(number, (entry) => reply.ok(formatScanListing(entry)))
    return session.voice.ok('list.ok', session.totals(), { lines: session.snapshot.remaining.map(formatScanListing) })
  },
}
