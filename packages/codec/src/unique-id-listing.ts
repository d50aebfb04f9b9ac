/** A unique-id listing: a line of what UIDL answers (RFC 1939 section 7). */
import { Pop3ArgumentError } from './errors.ts'
import { wrongLine, type ListingOptions } from './listing-line.ts'
import { breaksLine } from './octets.ts'

/** The unique-id of one message. */
export interface UniqueIdListing {
  /** The message-number: 1 or more. */
  readonly number: number
  /** The unique-id: 1 to 70 octets from 0x21 to 0x7E, the same in every session (R36). */
  readonly uniqueId: string
}

const GRAMMAR = {
  strict: /^(\d+) ([\x21-\x7e]{1,70})$/,
  lenient: /^[ \t]*(\d+)[ \t]+([^ \t].*)$/s,
}

/**
 * Parses a unique-id listing: a line of the reply to UIDL, or the text of the reply to UIDL with a message-number.
 * Strictly, a unique-id is 1 to 70 octets from 0x21 to 0x7E behind one SP; leniently, it is all that stands behind the
 * blanks (M15, M19, M32).
 *
 * @throws {@link Pop3ProtocolError} when a message-number or a unique-id is missing or wrong (M26, M28, M29).
 *
 * @example Parse a line of UIDL
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseUniqueIdListing } from '@pop3kit/codec'
 *
 * assert.deepEqual(parseUniqueIdListing('2 QhdPYR:00WBw1Ph7x7'), { number: 2, uniqueId: 'QhdPYR:00WBw1Ph7x7' })
 * assert.throws(() => parseUniqueIdListing('2  a b'), { code: 'POP3_PROTOCOL' })
 * assert.deepEqual(parseUniqueIdListing('2  a b', { lenient: true }), { number: 2, uniqueId: 'a b' })
 * ```
 */
export function parseUniqueIdListing(line: string, options: ListingOptions = {}): UniqueIdListing {
  const [, digits, uniqueId] = GRAMMAR[options.lenient === true ? 'lenient' : 'strict'].exec(line) ?? []
  const number = Number(digits)
  if (uniqueId === undefined || number === 0 || !Number.isSafeInteger(number)) {
    throw wrongLine('unique-id listing', line, options, 'a message-number and a unique-id of 1 to 70 visible octets')
  }
  return { number, uniqueId }
}

/**
 * Formats a unique-id listing. A unique-id that breaks R36 is formatted all the same, since real servers send such.
 *
 * @throws {@link Pop3ArgumentError} when the unique-id holds a CR, LF or NUL.
 *
 * @example Format a line of UIDL
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatUniqueIdListing } from '@pop3kit/codec'
 *
 * assert.equal(formatUniqueIdListing({ number: 1, uniqueId: 'whqtswO00WBw418f9t5JxYwZ' }), '1 whqtswO00WBw418f9t5JxYwZ')
 * ```
 */
export function formatUniqueIdListing({ number, uniqueId }: UniqueIdListing): string {
  if (breaksLine(uniqueId)) {
    throw new Pop3ArgumentError(
      `Cannot send the unique-id ${JSON.stringify(uniqueId)}: expected no CR, LF or NUL in it`,
    )
  }
  return `${number} ${uniqueId}`
}
