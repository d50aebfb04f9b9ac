/** The hash functions of Node for SCRAM, as users have them. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import type { ScramHash } from '../sasl/scram/keys.ts'

export const sha1: ScramHash = scramHash('SHA-1', 20)
export const sha256: ScramHash = scramHash('SHA-256', 32)

function scramHash(name: ScramHash['name'], octets: number): ScramHash {
  return {
    name,
    hash: (data) => createHash(name).update(data).digest(),
    hmac: (key, data) => createHmac(name, key).update(data).digest(),
    pbkdf2: (password, salt, iterations) => pbkdf2Sync(password, salt, iterations, octets, name),
  }
}
