/** XOAUTH2: the login with an access token that Google and Microsoft made before there was a standard (R85). */
import { encodeText } from '../octets.ts'
import { formatBearer, formatFields, parseBearer, parseFields, SEPARATOR } from './bearer.ts'
import { checkedPart, malformed, parseText } from './message.ts'

/** What a client says with XOAUTH2. */
export interface Xoauth2Credentials {
  /** The user name: an e-mail address. */
  readonly user: string
  /** The access token, without the word "Bearer". */
  readonly accessToken: string
}

const NAME = new RegExp(`^[^${SEPARATOR}]+$`)

/**
 * Formats the message of XOAUTH2: `user=` and the name, ^A, `auth=Bearer` and the token, ^A ^A.
 *
 * @throws {@link Pop3ArgumentError} when the name is empty or holds a ^A, or the token is not visible ASCII. It shows neither.
 *
 * @example Log in with an access token
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, formatXoauth2 } from '@pop3kit/codec'
 *
 * const message = formatXoauth2({ user: 'someuser@example.com', accessToken: 'ya29.vF9dft4qmT' })
 * assert.equal(decodeText(message), 'user=someuser@example.com\x01auth=Bearer ya29.vF9dft4qmT\x01\x01')
 * ```
 */
export function formatXoauth2({ user, accessToken }: Xoauth2Credentials): Uint8Array {
  const name = checkedPart(user, NAME, 'user name', 'at least one character, and no ^A')
  return encodeText(formatFields({ user: name, auth: formatBearer(accessToken) }))
}

/**
 * Parses the message of XOAUTH2.
 *
 * @throws {@link Pop3ProtocolError} when it is none. It shows nothing of the message.
 *
 * @example Read who wants to log in
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, parseXoauth2 } from '@pop3kit/codec'
 *
 * assert.deepEqual(parseXoauth2(encodeText('user=someuser@example.com\x01auth=Bearer ya29.vF9dft4qmT\x01\x01')), {
 *   user: 'someuser@example.com',
 *   accessToken: 'ya29.vF9dft4qmT',
 * })
 * ```
 */
export function parseXoauth2(octets: Uint8Array): Xoauth2Credentials {
  const what = 'XOAUTH2 message'
  const fields = parseFields(parseText(octets, what), what)
  const user = fields.get('user')
  if (!user) throw malformed(what, 'a field "user" with a name')
  return { user, accessToken: parseBearer(fields.get('auth'), what) }
}
