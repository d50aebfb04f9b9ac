/** LIST [n], RFC 1939 section 5 (R27, R28): the scan listing of one message, or of all that are not marked deleted. */
import { formatScanListing } from '@pop3kit/codec'
import { reply } from '../reply/reply.ts'
import { optionalMessageNumber } from './arguments.ts'
import type { CommandDefinition } from './command-definition.ts'

export const list: CommandDefinition<number | undefined> = {
  verb: 'LIST',
  states: ['TRANSACTION'],
  argument: optionalMessageNumber,
  run(session, number) {
    if (number !== undefined) return session.withMessage(number, (entry) => reply.ok(formatScanListing(entry)))
    return session.ok('list.ok', session.totals(), { lines: session.snapshot.remaining.map(formatScanListing) })
  },
}
