/** APOP: a login that does not send the secret (RFC 1939 section 7; R20 to R22). */
import { Pop3ArgumentError } from './errors.ts'
import { md5 } from './md5.ts'
import { concatOctets, encodeHex, encodeText, octetsOf } from './octets.ts'

/** A msg-id of RFC 822: visible ASCII with an "@" in it, in angle brackets. */
const TIMESTAMP = /<[\x21-\x3b\x3d\x3f\x41-\x7e]+@[\x21-\x3b\x3d\x3f\x41-\x7e]+>/
const WHOLE_TIMESTAMP = new RegExp(`^${TIMESTAMP.source}$`)

/**
 * Finds the timestamp in the text of a greeting, wherever it stands in it (M56). A server that sends one knows APOP.
 *
 * @returns the timestamp with its angle brackets, or `undefined`
 *
 * @example Find out whether a server knows APOP
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseApopTimestamp } from '@pop3kit/codec'
 *
 * assert.equal(parseApopTimestamp('POP3 server ready <1896.697170952@dbc.mtview.ca.us>'), '<1896.697170952@dbc.mtview.ca.us>')
 * assert.equal(parseApopTimestamp('POP3 server ready'), undefined)
 * ```
 */
export function parseApopTimestamp(greeting: string): string | undefined {
  return TIMESTAMP.exec(greeting)?.[0]
}

/** What makes a timestamp different in every greeting (R20). */
export interface ApopTimestampParts {
  /** The process-ID, or whatever tells two sessions of one moment apart. */
  readonly process: string | number
  /** The system clock. */
  readonly clock: string | number
  /** The fully-qualified domain name of the server. */
  readonly host: string
}

/**
 * Formats a timestamp for a greeting.
 *
 * @throws {@link Pop3ArgumentError} when a part does not fit into a msg-id.
 *
 * @example Format the timestamp of a greeting
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatApopTimestamp } from '@pop3kit/codec'
 *
 * const timestamp = formatApopTimestamp({ process: 1896, clock: 697170952, host: 'dbc.mtview.ca.us' })
 * assert.equal(timestamp, '<1896.697170952@dbc.mtview.ca.us>')
 * ```
 */
export function formatApopTimestamp({ process, clock, host }: ApopTimestampParts): string {
  const timestamp = `<${process}.${clock}@${host}>`
  if (!WHOLE_TIMESTAMP.test(timestamp)) {
    throw new Pop3ArgumentError(
      `Cannot format ${JSON.stringify(timestamp)} as an APOP timestamp: expected visible ASCII without "<", ">" and "@" in its parts`,
    )
  }
  return timestamp
}

/**
 * The digest that APOP sends: MD5 of the timestamp, its angle brackets included, and the secret behind it (R21).
 *
 * @param timestamp - as the greeting has it, with its angle brackets
 * @param secret - text is taken as UTF-8
 * @returns 32 lower-case hexadecimal digits
 *
 * @example Compute the digest of RFC 1939
 * ```ts
 * import assert from 'node:assert/strict'
 * import { apopDigest } from '@pop3kit/codec'
 *
 * assert.equal(apopDigest('<1896.697170952@dbc.mtview.ca.us>', 'tanstaaf'), 'c4c9334bac560ecc979e58001b3e22fb')
 * ```
 */
export function apopDigest(timestamp: string, secret: string | Uint8Array): string {
  return encodeHex(md5(concatOctets([encodeText(timestamp), octetsOf(secret)])))
}
