/** Challenges: what a server sends in a SASL exchange, base64 behind a "+" (RFC 5034 section 4; R75). */
import { wrongLine } from '../listing-line.ts'
import type { ReplyStatus } from '../reply.ts'
import { decodeBase64 } from './base64.ts'

/**
 * Decodes a challenge. An empty one may lack its SP, as that of Exchange does.
 *
 * @param reply - what `challenge()` of a {@link ReplyDecoder} gave
 * @throws {@link Pop3ProtocolError} when it is none, and it says what came: servers send `+OK` in the place of `+`, and free text in
 * the place of base64. A client answers such a challenge with `*` (R77), unless it knows that the mechanism needs none.
 *
 * @example Decode a challenge
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeChallenge, encodeText, parseReplyStatus } from '@pop3kit/codec'
 *
 * assert.deepEqual(decodeChallenge(parseReplyStatus(encodeText('+ PDE4OTZAaG9zdD4='))), encodeText('<1896@host>'))
 * assert.throws(() => decodeChallenge(parseReplyStatus(encodeText('+ go ahead'))), {
 *   code: 'POP3_PROTOCOL',
 *   excerpt: '+ go ahead',
 * })
 * ```
 */
export function decodeChallenge({ status, text, line, offset }: ReplyStatus): Uint8Array {
  if (status !== '+') throw wrongLine('challenge', line, { offset }, '"+" and base64')
  try {
    return decodeBase64(text)
  } catch {
    throw wrongLine('challenge', line, { offset }, 'base64 behind "+"')
  }
}
