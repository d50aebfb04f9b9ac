/** CRAM-MD5: a login that does not send the secret, but a digest of it and the challenge (RFC 2195). */
import { encodeHex, encodeText, octetsOf } from '../octets.ts'
import { hmacMd5 } from './hmac-md5.ts'
import { checkedPart, malformed, parseText } from './message.ts'

/** What is needed to answer a challenge of CRAM-MD5. */
export interface CramMd5Credentials {
  /** The user name. */
  readonly user: string
  /** The shared secret: the password. Text is taken as UTF-8. */
  readonly secret: string | Uint8Array
  /** The challenge as it was before base64, a timestamp as APOP has it. */
  readonly challenge: string | Uint8Array
}

/** What a client answers with CRAM-MD5. */
export interface CramMd5Response {
  /** The user name. */
  readonly user: string
  /** The digest: 32 lower-case hexadecimal digits. */
  readonly digest: string
}

/** The digest is the last word: a name may have blanks in it. */
const GRAMMAR = /^([^\0]+) ([0-9a-f]{32})$/

/**
 * The digest that CRAM-MD5 sends: HMAC-MD5 of the challenge, with the secret as its key.
 *
 * @param challenge - as it was before base64, its angle brackets included
 * @param secret - text is taken as UTF-8
 * @returns 32 lower-case hexadecimal digits
 *
 * @example Compute the digest of RFC 2195
 * ```ts
 * import assert from 'node:assert/strict'
 * import { cramMd5Digest } from '@pop3kit/codec'
 *
 * const challenge = '<1896.697170952@postoffice.reston.mci.net>'
 * assert.equal(cramMd5Digest(challenge, 'tanstaaftanstaaf'), 'b913a602c7eda7a495b4e6e7334d3890')
 * ```
 */
export function cramMd5Digest(challenge: string | Uint8Array, secret: string | Uint8Array): string {
  return encodeHex(hmacMd5(octetsOf(secret), octetsOf(challenge)))
}

/**
 * The response to a challenge of CRAM-MD5: the user name, a blank, and the digest.
 *
 * @throws {@link Pop3ArgumentError} when the name is empty or holds a NUL.
 *
 * @example Answer a challenge
 * ```ts
 * import assert from 'node:assert/strict'
 * import { cramMd5Response, decodeBase64, decodeText } from '@pop3kit/codec'
 *
 * const challenge = decodeBase64('PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+')
 * const response = cramMd5Response({ user: 'tim', secret: 'tanstaaftanstaaf', challenge })
 * assert.equal(decodeText(response), 'tim b913a602c7eda7a495b4e6e7334d3890')
 * ```
 */
export function cramMd5Response({ user, secret, challenge }: CramMd5Credentials): Uint8Array {
  const name = checkedPart(user, /^[^\0]+$/, 'user name', 'at least one character, and no NUL')
  return encodeText(`${name} ${cramMd5Digest(challenge, secret)}`)
}

/**
 * Parses a response of CRAM-MD5. The digest is right when it is the {@link cramMd5Digest} of challenge and secret.
 *
 * @throws {@link Pop3ProtocolError} when it is none. It shows nothing of the response.
 *
 * @example Check a response
 * ```ts
 * import assert from 'node:assert/strict'
 * import { cramMd5Digest, encodeText, parseCramMd5 } from '@pop3kit/codec'
 *
 * const { user, digest } = parseCramMd5(encodeText('tim b913a602c7eda7a495b4e6e7334d3890'))
 * assert.equal(user, 'tim')
 * assert.equal(digest, cramMd5Digest('<1896.697170952@postoffice.reston.mci.net>', 'tanstaaftanstaaf'))
 * ```
 */
export function parseCramMd5(octets: Uint8Array): CramMd5Response {
  const [, user, digest] = GRAMMAR.exec(parseText(octets, 'CRAM-MD5 response')) ?? []
  if (user !== undefined && digest !== undefined) return { user, digest }
  throw malformed('CRAM-MD5 response', 'a name, a blank and 32 lower-case hexadecimal digits')
}
