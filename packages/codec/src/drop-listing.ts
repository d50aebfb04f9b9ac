/** The drop listing: what STAT answers (RFC 1939 section 5). */
import { parseTwoNumbers, wrongLine, type ListingOptions } from './listing-line.ts'

/** How much there is in a maildrop; messages marked as deleted are not counted (R26). */
export interface DropListing {
  /** How many messages. */
  readonly messages: number
  /** Their size in octets, every end of line counted as CRLF (R29). */
  readonly octets: number
}

/**
 * Parses a drop listing: the text of a positive reply to STAT. Text behind the two numbers is ignored (R30).
 *
 * @throws {@link Pop3ProtocolError} when it does not begin with two whole numbers (M23).
 *
 * @example Parse the answer to STAT
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseDropListing } from '@pop3kit/codec'
 *
 * assert.deepEqual(parseDropListing('2 320'), { messages: 2, octets: 320 })
 * ```
 */
export function parseDropListing(text: string, options: ListingOptions = {}): DropListing {
  const numbers = parseTwoNumbers(text, options)
  if (numbers === undefined) throw wrongLine('drop listing', text, options, 'two whole numbers: messages and octets')
  const [messages, octets] = numbers
  return { messages, octets }
}

/**
 * Formats a drop listing.
 *
 * @example Format the answer to STAT
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatDropListing } from '@pop3kit/codec'
 *
 * assert.equal(formatDropListing({ messages: 2, octets: 320 }), '2 320')
 * ```
 */
export function formatDropListing({ messages, octets }: DropListing): string {
  return `${messages} ${octets}`
}
