/** PLAIN: a name and a password in one message (RFC 4616; R84). */
import { encodeText } from '../octets.ts'
import { checkedPart, malformed, parseText } from './message.ts'

/** What a client says with PLAIN. */
export interface PlainCredentials {
  /** The identity to act as; without it, the one that belongs to `authcid`. */
  readonly authzid?: string | undefined
  /** The identity whose password it is: the user name. */
  readonly authcid: string
  /** The password. */
  readonly password: string
}

const GRAMMAR = /^([^\0]*)\0([^\0]+)\0([^\0]+)$/
const PART = /^[^\0]+$/

/**
 * Formats the message of PLAIN: `[authzid] NUL authcid NUL password`, in UTF-8.
 *
 * @throws {@link Pop3ArgumentError} when a part holds a NUL, or the name or the password is empty. It shows neither.
 *
 * @example Log in with PLAIN
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeBase64, encodeText, formatPlain } from '@pop3kit/codec'
 *
 * const message = formatPlain({ authcid: 'tim', password: 'tanstaaf' })
 * assert.deepEqual(message, encodeText('\0tim\0tanstaaf'))
 * assert.equal(encodeBase64(message), 'AHRpbQB0YW5zdGFhZg==')
 * ```
 */
export function formatPlain({ authzid = '', authcid, password }: PlainCredentials): Uint8Array {
  const parts = [
    checkedPart(authzid, /^[^\0]*$/, 'authorization identity', 'no NUL in it'),
    checkedPart(authcid, PART, 'user name', 'at least one character, and no NUL'),
    checkedPart(password, PART, 'password', 'at least one character, and no NUL'),
  ]
  return encodeText(parts.join('\0'))
}

/**
 * Parses the message of PLAIN. Its parts may be of any length.
 *
 * @throws {@link Pop3ProtocolError} when it is none, or is not UTF-8. It shows nothing of the message.
 *
 * @example Read who wants to log in
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeBase64, parsePlain } from '@pop3kit/codec'
 *
 * assert.deepEqual(parsePlain(decodeBase64('AHRpbQB0YW5zdGFhZg==')), {
 *   authzid: undefined,
 *   authcid: 'tim',
 *   password: 'tanstaaf',
 * })
 * ```
 */
export function parsePlain(octets: Uint8Array): PlainCredentials {
  const [, authzid, authcid, password] = GRAMMAR.exec(parseText(octets, 'PLAIN message')) ?? []
  if (authcid === undefined || password === undefined) {
    throw malformed('PLAIN message', 'a name and a password, each behind a NUL')
  }
  return { authzid: authzid || undefined, authcid, password }
}
