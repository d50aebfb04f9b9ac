/** What is proved in an exchange of SCRAM, and how: that one has a key, without showing it (RFC 5802 section 3). */
import { decodeText, encodeText } from '../../octets.ts'
import { parseGs2Header } from '../gs2-header.ts'
import type { ScramHash, ScramKeys } from './keys.ts'

/** The messages of an exchange, as they were sent. */
export interface ScramMessages {
  /** The first message of the client. */
  readonly clientFirst: Uint8Array
  /** The first message of the server. */
  readonly serverFirst: Uint8Array
  /** The last message of the client, with its proof or without. */
  readonly clientFinal: Uint8Array
}

/**
 * What is proved: the messages of the exchange, without what the client's begin and end with.
 *
 * @throws {@link Pop3ProtocolError} when the first message of the client is none.
 *
 * @example Put together what is to be proved
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, encodeText, scramAuthMessage } from '@pop3kit/codec'
 *
 * const authMessage = scramAuthMessage({
 *   clientFirst: encodeText('n,,n=user,r=fyko'),
 *   serverFirst: encodeText('r=fyko3rfc,s=c2FsdA==,i=4096'),
 *   clientFinal: encodeText('c=biws,r=fyko3rfc,p=AAEC'),
 * })
 * assert.equal(decodeText(authMessage), 'n=user,r=fyko,r=fyko3rfc,s=c2FsdA==,i=4096,c=biws,r=fyko3rfc')
 * ```
 */
export function scramAuthMessage({ clientFirst, serverFirst, clientFinal }: ScramMessages): Uint8Array {
  const bare = parseGs2Header(decodeText(clientFirst), 'SCRAM client-first message').rest
  const unproved = decodeText(clientFinal).replace(/,p=[^,]*$/, '')
  return encodeText([bare, decodeText(serverFirst), unproved].join(','))
}

/** What the client sends to prove that it has its key, without showing it. See the example of {@link scramKeys}. */
export function scramClientProof(
  hash: ScramHash,
  { clientKey, storedKey }: Pick<ScramKeys, 'clientKey' | 'storedKey'>,
  authMessage: Uint8Array,
): Uint8Array {
  return exclusiveOr(clientKey, hash.hmac(storedKey, authMessage))
}

/** Whether the client has its key. See the example of {@link scramKeys}. */
export function verifyScramClientProof(
  hash: ScramHash,
  { storedKey }: Pick<ScramKeys, 'storedKey'>,
  authMessage: Uint8Array,
  proof: Uint8Array,
): boolean {
  return areSame(hash.hash(exclusiveOr(proof, hash.hmac(storedKey, authMessage))), storedKey)
}

/** What the server sends to prove that it has its key. See the example of {@link scramKeys}. */
export function scramServerSignature(
  hash: ScramHash,
  { serverKey }: Pick<ScramKeys, 'serverKey'>,
  authMessage: Uint8Array,
): Uint8Array {
  return hash.hmac(serverKey, authMessage)
}

/** Whether the server has its key. See the example of {@link scramKeys}. */
export function verifyScramServerSignature(
  hash: ScramHash,
  keys: Pick<ScramKeys, 'serverKey'>,
  authMessage: Uint8Array,
  signature: Uint8Array,
): boolean {
  return areSame(scramServerSignature(hash, keys, authMessage), signature)
}

/** As long as the first; one that is shorter or longer than the other cannot come out as what it should be. */
function exclusiveOr(octets: Uint8Array, others: Uint8Array): Uint8Array {
  return Uint8Array.from(octets, (octet, index) => octet ^ (others[index] ?? 0))
}

/** Takes as long for octets that differ early as for those that differ late. */
function areSame(octets: Uint8Array, others: Uint8Array): boolean {
  let difference = octets.length ^ others.length
  octets.forEach((octet, index) => {
    difference |= octet ^ (others[index] ?? 0)
  })
  return difference === 0
}
