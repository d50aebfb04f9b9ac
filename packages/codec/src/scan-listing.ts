/** A scan listing: a line of what LIST answers (RFC 1939 section 5). */
import { parseTwoNumbers, wrongLine, type ListingOptions } from './listing-line.ts'

/** The size of one message. */
export interface ScanListing {
  /** The message-number: 1 or more. */
  readonly number: number
  /** The size in octets, every end of line counted as CRLF and dot-stuffing not counted (R29). */
  readonly octets: number
}

/**
 * Parses a scan listing: a line of the reply to LIST, or the text of the reply to LIST with a message-number. Text behind
 * the two numbers is ignored (R30).
 *
 * @throws {@link Pop3ProtocolError} when it does not begin with a message-number and a size (M24, M26, M28).
 *
 * @example Parse a line of LIST
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseScanListing } from '@pop3kit/codec'
 *
 * assert.deepEqual(parseScanListing('1 120'), { number: 1, octets: 120 })
 * assert.throws(() => parseScanListing('1 %!d(float64=5461)'), { code: 'POP3_PROTOCOL' })
 * ```
 */
export function parseScanListing(line: string, options: ListingOptions = {}): ScanListing {
  const [number = 0, octets = 0] = parseTwoNumbers(line, options) ?? []
  if (number === 0) throw wrongLine('scan listing', line, options, 'a message-number and a size in octets')
  return { number, octets }
}

/**
 * Formats a scan listing.
 *
 * @example Format a line of LIST
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatScanListing } from '@pop3kit/codec'
 *
 * assert.equal(formatScanListing({ number: 1, octets: 120 }), '1 120')
 * ```
 */
export function formatScanListing({ number, octets }: ScanListing): string {
  return `${number} ${octets}`
}
