/** The initial response: the second argument of AUTH (RFC 5034 section 4; R74). */
import { decodeBase64, encodeBase64, type Base64Options } from './base64.ts'

/** Stands for a response of no octets, for which base64 has no characters. */
const EMPTY = '='

/**
 * Encodes an initial response as an argument of AUTH; without one there is no argument.
 *
 * @example Send a response with AUTH
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeInitialResponse, encodeText } from '@pop3kit/codec'
 *
 * assert.equal(encodeInitialResponse(encodeText('\0tim\0tanstaaf')), 'AHRpbQB0YW5zdGFhZg==')
 * assert.equal(encodeInitialResponse(new Uint8Array()), '=')
 * assert.equal(encodeInitialResponse(undefined), undefined)
 * ```
 */
export function encodeInitialResponse(response: Uint8Array | undefined): string | undefined {
  if (response === undefined) return undefined
  return response.length === 0 ? EMPTY : encodeBase64(response)
}

/**
 * Decodes the initial response of AUTH. It has characters always: an argument that is empty is none.
 *
 * @throws {@link Pop3ProtocolError} as {@link decodeBase64} does.
 *
 * @example Read the response that came with AUTH
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeInitialResponse, decodeText } from '@pop3kit/codec'
 *
 * assert.equal(decodeText(decodeInitialResponse('AHRpbQB0YW5zdGFhZg==')), '\0tim\0tanstaaf')
 * assert.equal(decodeInitialResponse('=').length, 0)
 * ```
 */
export function decodeInitialResponse(text: string, options?: Base64Options): Uint8Array {
  return decodeBase64(text === EMPTY ? '' : text, options)
}
