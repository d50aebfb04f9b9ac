/** STAT, RFC 1939 section 5 (R26): a drop listing of what is not marked deleted. */
import { formatDropListing } from '@pop3kit/codec'
import { reply } from '../reply/reply.ts'
import type { CommandDefinition } from './command-definition.ts'

export const stat: CommandDefinition<'none'> = {
  verb: 'STAT',
  argument: 'none',
  run: (session) => reply.ok(formatDropListing(session.totals())),
}
