/** The third message of SCRAM, the client's: the proof that it knows the password (RFC 5802 section 7). */
import { encodeText } from '../../octets.ts'
import { decodeBase64, encodeBase64 } from '../base64.ts'
import { formatGs2Header } from '../gs2-header.ts'
import { malformed, parseText } from '../message.ts'
import { checkedNonce, EXTENSIONS, NONCE } from './attributes.ts'
import type { ReceivedScramClientFirst } from './client-first.ts'
import type { ScramServerFirst } from './server-first.ts'

/** What a client says last. */
export interface ScramClientFinal {
  /** The identity to act as, as the first message named it. */
  readonly authzid?: string | undefined
  /** The whole nonce, as the server sent it. */
  readonly nonce: string
  /** What {@link scramClientProof} gives; without it, the message is the one that is proved. */
  readonly proof?: Uint8Array | undefined
}

const GRAMMAR = new RegExp(`^c=(?<header>[^,]+),r=(?<nonce>${NONCE})${EXTENSIONS},p=(?<proof>[^,]+)$`)

/**
 * Formats the last message of a client that knows no channel binding.
 *
 * @throws {@link Pop3ArgumentError} when the nonce is none, or the name is empty or holds a NUL.
 *
 * @example Format the message that is to be proved
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, formatScramClientFinal } from '@pop3kit/codec'
 *
 * assert.equal(decodeText(formatScramClientFinal({ nonce: 'fyko+d2l3rfcNHYJ' })), 'c=biws,r=fyko+d2l3rfcNHYJ')
 * ```
 */
export function formatScramClientFinal({ authzid, nonce, proof }: ScramClientFinal): Uint8Array {
  const header = encodeBase64(encodeText(formatGs2Header(authzid)))
  return encodeText(`c=${header},r=${checkedNonce(nonce)}${proof === undefined ? '' : `,p=${encodeBase64(proof)}`}`)
}

/**
 * Parses the last message of a client.
 *
 * @param octets - the message
 * @param exchange - the header that the client began with, and the whole nonce: it has to repeat both
 * @returns the proof, for {@link verifyScramClientProof}
 * @throws {@link Pop3ProtocolError} when it is none, belongs to another exchange, or has an extension that is mandatory (`m=`). It shows
 * nothing of the message.
 *
 * @example Read a proof
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, parseScramClientFinal } from '@pop3kit/codec'
 *
 * const exchange = { gs2Header: 'n,,', nonce: 'fyko+d2l3rfcNHYJ' }
 * assert.deepEqual(parseScramClientFinal(encodeText('c=biws,r=fyko+d2l3rfcNHYJ,p=AAEC'), exchange), Uint8Array.of(0, 1, 2))
 * ```
 */
export function parseScramClientFinal(
  octets: Uint8Array,
  exchange: Pick<ReceivedScramClientFirst, 'gs2Header'> & Pick<ScramServerFirst, 'nonce'>,
): Uint8Array {
  const what = 'SCRAM client-final message'
  const { header, nonce, proof } = GRAMMAR.exec(parseText(octets, what))?.groups ?? {}
  if (proof === undefined) throw malformed(what, '"c=" and the header, "r=" and the nonce, and "p=" and a proof')
  if (header !== encodeBase64(encodeText(exchange.gs2Header))) throw malformed(what, 'the header of the first message')
  if (nonce !== exchange.nonce) throw malformed(what, 'the nonce that the server sent')
  return decodeBase64(proof)
}
