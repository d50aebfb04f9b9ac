/** The keys of SCRAM, which are made of the password (RFC 5802 section 3). */
import { encodeText } from '../../octets.ts'
import { preparePassword } from './password.ts'
import type { ScramServerFirst } from './server-first.ts'

/** A hash function, and what is made with it. The platform has it; see the example of {@link scramKeys}. */
export interface ScramHash {
  /** The name, as the mechanism has it behind `SCRAM-`. */
  readonly name: 'SHA-1' | 'SHA-256'
  /** The digest of octets. */
  hash(data: Uint8Array): Uint8Array
  /** HMAC (RFC 2104) of octets. */
  hmac(key: Uint8Array, data: Uint8Array): Uint8Array
  /** PBKDF2 (RFC 8018) with HMAC, as long as a digest. */
  pbkdf2(password: Uint8Array, salt: Uint8Array, iterations: number): Uint8Array
}

/** What both sides know of a password. */
export interface ScramKeys {
  /** What the client proves to have. A server does not need it. */
  readonly clientKey: Uint8Array
  /** The digest of the client's key. */
  readonly storedKey: Uint8Array
  /** What the server proves to have. */
  readonly serverKey: Uint8Array
}

/**
 * Makes the keys of a password, which takes as long as the iterations want it to.
 *
 * @example The exchange of RFC 7677, both sides
 * ```ts
 * import assert from 'node:assert/strict'
 * import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
 * import * as codec from '@pop3kit/codec'
 *
 * const sha256: codec.ScramHash = {
 *   name: 'SHA-256',
 *   hash: (data) => createHash('sha256').update(data).digest(),
 *   hmac: (key, data) => createHmac('sha256', key).update(data).digest(),
 *   pbkdf2: (password, salt, iterations) => pbkdf2Sync(password, salt, iterations, 32, 'sha256'),
 * }
 * const password = 'pencil'
 * const salt = codec.decodeBase64('W22ZaJ0SNY7soEsUEjb6gQ==')
 *
 * // The client begins, and the server adds to the nonce.
 * const clientFirst = codec.formatScramClientFirst({ user: 'user', nonce: 'rOprNGfwEbeRWgbNEkqO' })
 * const first = codec.parseScramClientFirst(clientFirst)
 * const nonce = `${first.nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0`
 * const serverFirst = codec.formatScramServerFirst({ nonce, salt, iterations: 4096 })
 *
 * // The client proves that it knows the password.
 * const challenge = codec.parseScramServerFirst(serverFirst, 'rOprNGfwEbeRWgbNEkqO')
 * const keys = codec.scramKeys(sha256, password, challenge)
 * const unproved = codec.formatScramClientFinal({ nonce: challenge.nonce })
 * const authMessage = codec.scramAuthMessage({ clientFirst, serverFirst, clientFinal: unproved })
 * const proof = codec.scramClientProof(sha256, keys, authMessage)
 * const clientFinal = codec.formatScramClientFinal({ nonce: challenge.nonce, proof })
 * assert.equal(
 *   codec.decodeText(clientFinal),
 *   'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
 * )
 *
 * // The server checks that, and proves the same.
 * const received = codec.parseScramClientFinal(clientFinal, { ...first, nonce })
 * const known = codec.scramKeys(sha256, password, { salt, iterations: 4096 })
 * const message = codec.scramAuthMessage({ clientFirst, serverFirst, clientFinal })
 * assert(codec.verifyScramClientProof(sha256, known, message, received))
 * const signature = codec.scramServerSignature(sha256, known, message)
 * const serverFinal = codec.formatScramServerFinal({ signature })
 * assert.equal(codec.decodeText(serverFinal), 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')
 *
 * // The client checks it, and answers with nothing.
 * const last = codec.parseScramServerFinal(serverFinal)
 * assert(last.signature && codec.verifyScramServerSignature(sha256, keys, authMessage, last.signature))
 * ```
 */
export function scramKeys(
  hash: ScramHash,
  password: string,
  { salt, iterations }: Pick<ScramServerFirst, 'salt' | 'iterations'>,
): ScramKeys {
  const salted = hash.pbkdf2(encodeText(preparePassword(password)), salt, iterations)
  const clientKey = hash.hmac(salted, encodeText('Client Key'))
  return { clientKey, storedKey: hash.hash(clientKey), serverKey: hash.hmac(salted, encodeText('Server Key')) }
}
