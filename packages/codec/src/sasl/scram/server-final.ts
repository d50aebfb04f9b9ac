/** The last message of SCRAM, the server's: the proof that it knows the password, too, or what was wrong (RFC 5802 section 7). */
import { encodeText } from '../../octets.ts'
import { decodeBase64, encodeBase64 } from '../base64.ts'
import { checkedPart, malformed, parseText } from '../message.ts'
import { EXTENSIONS } from './attributes.ts'

/** What a server says last. */
export type ScramServerFinal =
  | {
      /** What {@link scramServerSignature} gives. */
      readonly signature: Uint8Array
      readonly error?: undefined
    }
  | {
      /** A word such as `invalid-proof` or `unknown-user`. */
      readonly error: string
      readonly signature?: undefined
    }

const GRAMMAR = new RegExp(String.raw`^(?:v=(?<signature>[^,]+)|e=(?<error>[^\0,]+))${EXTENSIONS}$`)

/**
 * Formats the last message of a server.
 *
 * @throws {@link Pop3ArgumentError} when the error is empty, or holds a comma or NUL.
 *
 * @example Tell what was wrong
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, formatScramServerFinal } from '@pop3kit/codec'
 *
 * assert.equal(decodeText(formatScramServerFinal({ error: 'invalid-proof' })), 'e=invalid-proof')
 * ```
 */
export function formatScramServerFinal({ signature, error }: ScramServerFinal): Uint8Array {
  if (signature !== undefined) return encodeText(`v=${encodeBase64(signature)}`)
  return encodeText(`e=${checkedPart(error, /^[^\0,]+$/, 'error of SCRAM', 'a word without comma or NUL')}`)
}

/**
 * Parses the last message of a server.
 *
 * @returns the signature, for {@link verifyScramServerSignature}, or the error
 * @throws {@link Pop3ProtocolError} when it is none.
 *
 * @example Read why a login failed
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, parseScramServerFinal } from '@pop3kit/codec'
 *
 * assert.equal(parseScramServerFinal(encodeText('e=unknown-user')).error, 'unknown-user')
 * ```
 */
export function parseScramServerFinal(octets: Uint8Array): ScramServerFinal {
  const what = 'SCRAM server-final message'
  const { signature, error } = GRAMMAR.exec(parseText(octets, what))?.groups ?? {}
  if (signature !== undefined) return { signature: decodeBase64(signature) }
  if (error !== undefined) return { error }
  throw malformed(what, '"v=" and a signature, or "e=" and an error')
}
