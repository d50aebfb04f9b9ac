/** The second message of SCRAM, the server's: the whole nonce, and what makes keys of the password (RFC 5802 section 7). */
import { Pop3ArgumentError } from '../../errors.ts'
import { encodeText } from '../../octets.ts'
import { decodeBase64, encodeBase64 } from '../base64.ts'
import { malformed, parseText } from '../message.ts'
import { checkedNonce, EXTENSIONS, NONCE } from './attributes.ts'

/** What a server answers first. */
export interface ScramServerFirst {
  /** The nonce of the client with that of the server behind it. */
  readonly nonce: string
  /** The salt of the password, at least one octet. */
  readonly salt: Uint8Array
  /** How often the password is hashed: 1 to 1,000,000, and not less than 4096 where it matters (RFC 7677 section 4). */
  readonly iterations: number
}

/** Whoever asks for more wants to keep the client busy. */
const MAX_ITERATIONS = 1_000_000

const GRAMMAR = new RegExp(`^r=(?<nonce>${NONCE}),s=(?<salt>[^,]+),i=(?<iterations>[1-9][0-9]{0,6})${EXTENSIONS}$`)

/**
 * Formats the first message of a server.
 *
 * @throws {@link Pop3ArgumentError} when the nonce is none, the salt is empty or the iterations are out of bounds.
 *
 * @example Answer the first message of a client
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, encodeText, formatScramServerFirst } from '@pop3kit/codec'
 *
 * const message = formatScramServerFirst({ nonce: 'fyko+d2l3rfcNHYJ', salt: encodeText('salt'), iterations: 4096 })
 * assert.equal(decodeText(message), 'r=fyko+d2l3rfcNHYJ,s=c2FsdA==,i=4096')
 * ```
 */
export function formatScramServerFirst({ nonce, salt, iterations }: ScramServerFirst): Uint8Array {
  if (salt.length === 0) throw new Pop3ArgumentError('Cannot send the salt: expected at least one octet')
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > MAX_ITERATIONS) {
    throw new Pop3ArgumentError(`Cannot send ${iterations} as the iterations: expected 1 to ${MAX_ITERATIONS}`)
  }
  return encodeText(`r=${checkedNonce(nonce)},s=${encodeBase64(salt)},i=${iterations}`)
}

/**
 * Parses the first message of a server.
 *
 * @param octets - the message
 * @param clientNonce - the nonce of the client, to which the server has to add its own
 * @throws {@link Pop3ProtocolError} when it is none, answers another nonce, wants more than 1,000,000 iterations, or has an extension
 * that is mandatory (`m=`).
 *
 * @example Read what the keys are made with
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, parseScramServerFirst } from '@pop3kit/codec'
 *
 * const message = encodeText('r=fyko+d2l3rfcNHYJ,s=c2FsdA==,i=4096')
 * const { nonce, salt, iterations } = parseScramServerFirst(message, 'fyko+d2l')
 * assert.deepEqual([nonce, salt, iterations], ['fyko+d2l3rfcNHYJ', encodeText('salt'), 4096])
 * assert.throws(() => parseScramServerFirst(message, 'other'), { code: 'POP3_PROTOCOL' })
 * ```
 */
export function parseScramServerFirst(octets: Uint8Array, clientNonce: string): ScramServerFirst {
  const what = 'SCRAM server-first message'
  const { nonce, salt, iterations } = GRAMMAR.exec(parseText(octets, what))?.groups ?? {}
  if (nonce === undefined || salt === undefined || Number(iterations) > MAX_ITERATIONS) {
    throw malformed(what, `"r=" and a nonce, "s=" and a salt, and "i=" and 1 to ${MAX_ITERATIONS} iterations`)
  }
  if (!nonce.startsWith(clientNonce) || nonce === clientNonce) {
    throw malformed(what, 'the nonce of the client, and more behind it')
  }
  return { nonce, salt: decodeBase64(salt), iterations: Number(iterations) }
}
