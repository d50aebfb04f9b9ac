/** What SCRAM needs of node:crypto, which is loaded when it is needed: that takes longer than all the rest of the client. */
import type { ScramHash } from '@pop3kit/codec'

const octetsOf = { 'SHA-1': 20, 'SHA-256': 32 } as const

/** The hash function and what is made with it (RFC 5802 section 2.2). */
export function scramHash(name: ScramHash['name']): ScramHash {
  const { createHash, createHmac, pbkdf2Sync } = process.getBuiltinModule('node:crypto')
  return {
    name,
    hash: (data) => createHash(name).update(data).digest(),
    hmac: (key, data) => createHmac(name, key).update(data).digest(),
    pbkdf2: (password, salt, iterations) => pbkdf2Sync(password, salt, iterations, octetsOf[name], name),
  }
}

/** A nonce that nobody has had before, without a comma in it (RFC 5802 section 5.1). */
export function randomNonce(): string {
  return process.getBuiltinModule('node:crypto').randomBytes(18).toString('base64')
}
