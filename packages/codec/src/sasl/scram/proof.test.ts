import { expect, test } from 'vitest'
import { decodeText, encodeText } from '../../octets.ts'
import { fc } from '../../testing/arbitraries.ts'
import { sha1, sha256 } from '../../testing/scram-hash.ts'
import { readVectors } from '../../testing/vectors.ts'
import { decodeBase64 } from '../base64.ts'
import { formatScramClientFinal, parseScramClientFinal } from './client-final.ts'
import { formatScramClientFirst, parseScramClientFirst } from './client-first.ts'
import { scramKeys, type ScramHash } from './keys.ts'
import {
  scramAuthMessage,
  scramClientProof,
  scramServerSignature,
  verifyScramClientProof,
  verifyScramServerSignature,
} from './proof.ts'
import { formatScramServerFinal, parseScramServerFinal } from './server-final.ts'
import { formatScramServerFirst, parseScramServerFirst } from './server-first.ts'

interface Exchange {
  readonly hash: ScramHash
  readonly user: string
  readonly authzid?: string | undefined
  readonly clientNonce: string
  readonly serverNonce: string
  readonly salt: Uint8Array
  readonly iterations: number
  /** What each side takes for the password. */
  readonly passwords: { readonly client: string; readonly server: string }
}

/** Both sides, each with what it has from the other, and what each finds out. */
function exchange({ hash, user, authzid, clientNonce, serverNonce, salt, iterations, passwords }: Exchange): {
  readonly messages: readonly string[]
  readonly received: { readonly user: string; readonly authzid: string | undefined }
  readonly serverIsSure: boolean
  readonly clientIsSure: boolean
} {
  const clientFirst = formatScramClientFirst({ user, authzid, nonce: clientNonce })
  const first = parseScramClientFirst(clientFirst)
  const nonce = first.nonce + serverNonce
  const serverFirst = formatScramServerFirst({ nonce, salt, iterations })

  const challenge = parseScramServerFirst(serverFirst, clientNonce)
  const keys = scramKeys(hash, passwords.client, challenge)
  const unproved = { authzid, nonce: challenge.nonce }
  const authMessage = scramAuthMessage({ clientFirst, serverFirst, clientFinal: formatScramClientFinal(unproved) })
  const clientFinal = formatScramClientFinal({ ...unproved, proof: scramClientProof(hash, keys, authMessage) })

  const proof = parseScramClientFinal(clientFinal, { ...first, nonce })
  const known = scramKeys(hash, passwords.server, { salt, iterations })
  const message = scramAuthMessage({ clientFirst, serverFirst, clientFinal })
  const serverFinal = formatScramServerFinal({ signature: scramServerSignature(hash, known, message) })

  const { signature } = parseScramServerFinal(serverFinal)
  return {
    messages: [clientFirst, serverFirst, clientFinal, serverFinal].map(decodeText),
    received: { user: first.user, authzid: first.authzid },
    serverIsSure: verifyScramClientProof(hash, known, message, proof),
    clientIsSure: signature !== undefined && verifyScramServerSignature(hash, keys, authMessage, signature),
  }
}

for (const vector of readVectors('sasl').scram.exchanges) {
  test(`${vector.name}: each message is the next one, and both sides are sure`, () => {
    const hash = vector.mechanism === 'SCRAM-SHA-1' ? sha1 : sha256
    const passwords = { client: vector.password, server: vector.password }
    expect(exchange({ ...vector, hash, salt: decodeBase64(vector.salt), passwords })).toMatchObject({
      messages: vector.messages,
      serverIsSure: true,
      clientIsSure: true,
    })
  })
}

test('each side is sure of the other when both have the same password, and only then', () => {
  const name = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('\0'))
  const nonce = fc.stringMatching(/^[!-+\--~]{1,30}$/)
  const password = fc.constantFrom('pencil', 'Pencil', '', 'p,e=ncil', 'pénçil')
  const parts = fc.record({
    hash: fc.constantFrom(sha1, sha256),
    user: name,
    authzid: fc.option(name, { nil: undefined }),
    clientNonce: nonce,
    serverNonce: nonce,
    salt: fc.uint8Array({ minLength: 1 }),
    iterations: fc.integer({ min: 1, max: 9 }),
    passwords: fc.record({ client: password, server: password }),
  })
  fc.assert(
    fc.property(parts, (parts) => {
      const { received, serverIsSure, clientIsSure } = exchange(parts)
      const same = parts.passwords.client === parts.passwords.server
      expect([serverIsSure, clientIsSure]).toEqual([same, same])
      expect(received).toEqual({ user: parts.user, authzid: parts.authzid })
    }),
  )
})

test.each([0, 1, 19, 21, 40])('a proof and a signature of %i octets are wrong, and no error', (length) => {
  const keys = scramKeys(sha1, 'pencil', { salt: encodeText('salt'), iterations: 1 })
  const authMessage = encodeText('n=user')
  const proof = new Uint8Array(40)
  proof.set(scramClientProof(sha1, keys, authMessage))
  const signature = new Uint8Array(40)
  signature.set(scramServerSignature(sha1, keys, authMessage))
  expect(verifyScramClientProof(sha1, keys, authMessage, proof.subarray(0, 20))).toBe(true)
  expect(verifyScramClientProof(sha1, keys, authMessage, proof.subarray(0, length))).toBe(false)
  expect(verifyScramServerSignature(sha1, keys, authMessage, signature.subarray(0, 20))).toBe(true)
  expect(verifyScramServerSignature(sha1, keys, authMessage, signature.subarray(0, length))).toBe(false)
})

test('one bit changed anywhere in the proof is found', () => {
  const keys = scramKeys(sha256, 'pencil', { salt: encodeText('salt'), iterations: 1 })
  const authMessage = encodeText('n=user')
  const proof = scramClientProof(sha256, keys, authMessage)
  for (let bit = 0; bit < 8 * proof.length; bit++) {
    const changed = proof.map((octet, index) => (index === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet))
    expect(verifyScramClientProof(sha256, keys, authMessage, changed)).toBe(false)
  }
})
