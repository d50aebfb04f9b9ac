/** Base64 by the letter (RFC 4648 section 4): what SASL messages are on the wire (RFC 5034 section 4; R75, R77). */
import { Pop3ProtocolError } from '../errors.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Where a base64 text lies. */
export interface Base64Options {
  /**
   * Where in the stream the text begins, in octets; an error says it.
   * @defaultValue `0`
   */
  readonly offset?: number | undefined
}

/**
 * Encodes octets as base64, with padding.
 *
 * @example Encode a challenge
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeBase64, encodeText, formatReplyStatus } from '@pop3kit/codec'
 *
 * const text = encodeBase64(encodeText('<1896@host>'))
 * assert.equal(formatReplyStatus({ status: '+', text }), '+ PDE4OTZAaG9zdD4=')
 * ```
 */
export function encodeBase64(octets: Uint8Array): string {
  let text = ''
  for (let at = 0; at < octets.length; at += 3) {
    const [first = 0, ...others] = octets.subarray(at, at + 3)
    const [second = 0, third = 0] = others
    const group = (first << 16) | (second << 8) | third
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((group >> shift) & 0x3f))
    text += digits
      .slice(0, others.length + 2)
      .join('')
      .padEnd(4, '=')
  }
  return text
}

/**
 * Decodes base64, and refuses what only resembles it: characters outside of the alphabet, white space too, padding that is missing or
 * misplaced, and bits behind the last octet that are not zero (R77).
 *
 * @throws {@link Pop3ProtocolError} whose offset is that of the first wrong character. It shows nothing of the text, because that may
 * be a password.
 *
 * @example Decode a response
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeBase64, decodeText } from '@pop3kit/codec'
 *
 * assert.equal(decodeText(decodeBase64('AHRpbQB0YW5zdGFhZg==')), '\0tim\0tanstaaf')
 * assert.throws(() => decodeBase64('AHRpbQB0YW5zdGFhZg', { offset: 100 }), { code: 'POP3_PROTOCOL', offset: 118 })
 * ```
 */
export function decodeBase64(text: string, { offset = 0 }: Base64Options = {}): Uint8Array {
  const [digits = ''] = /^[A-Za-z0-9+/]*/.exec(text) ?? []
  const padding = text.slice(digits.length)
  const stranger = padding.search(/[^A-Za-z0-9+/=]/)
  if (stranger !== -1) {
    throw notBase64(offset + digits.length + stranger, 'only letters, digits, "+", "/" and "=" in it')
  }
  if (padding !== PADDINGS[digits.length % 4]) {
    throw notBase64(offset + digits.length, 'groups of four characters, the last one filled with "="')
  }
  const octets = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let bits = 0
  let length = 0
  for (let index = 0; index < digits.length; index++) {
    bits = (bits << 6) | ALPHABET.indexOf(digits.charAt(index))
    // The first digit of a group of four fills no octet yet, the others leave four, two and no bits over.
    if (index % 4 > 0) octets[length++] = bits >> (6 - 2 * (index % 4))
  }
  const spare = 2 * padding.length
  if ((bits & ((1 << spare) - 1)) === 0) return octets
  throw notBase64(offset + digits.length - 1, `the last ${spare} bits before "=" to be zero`)
}

/** What fills the last group, by how many digits it has; there is no group of one digit. */
const PADDINGS: readonly (string | undefined)[] = ['', undefined, '==', '=']

function notBase64(offset: number, expected: string): Pop3ProtocolError {
  return new Pop3ProtocolError(`Cannot decode the base64 at offset ${offset}: expected ${expected}`, {
    offset,
    excerpt: '***',
  })
}
