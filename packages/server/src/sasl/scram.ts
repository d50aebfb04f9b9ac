/** SCRAM-SHA-1 and SCRAM-SHA-256 (RFC 5802, RFC 7677): both sides prove that they know the password, and it is never sent. */
import {
  type ScramHash,
  encodeText,
  formatScramServerFinal,
  formatScramServerFirst,
  parseScramClientFinal,
  parseScramClientFirst,
  scramAuthMessage,
  scramKeys,
  scramServerSignature,
  verifyScramClientProof,
} from '@pop3kit/codec'
import { load } from '../lazily.ts'
import { type SaslMechanism, nothing } from './mechanism.ts'

/** The least that is allowed (RFC 7677 section 4): a mock has nothing to hide. */
const iterations = 4096

function hashOf(name: ScramHash['name'], algorithm: string, octets: number): ScramHash {
  const { createHash, createHmac, pbkdf2Sync } = load('node:crypto')
  return {
    name,
    hash: (data) => createHash(algorithm).update(data).digest(),
    hmac: (key, data) => createHmac(algorithm, key).update(data).digest(),
    pbkdf2: (password, salt, rounds) => pbkdf2Sync(password, salt, rounds, octets, algorithm),
  }
}

function scram(name: ScramHash['name'], algorithm: string, octets: number): SaslMechanism {
  return {
    name: `SCRAM-${name}`,
    clientFirst: true,
    cleartext: false,
    async *dialogue({ maildropOf, nonce: random }) {
      const hash = hashOf(name, algorithm, octets)
      const clientFirst = yield nothing
      const first = parseScramClientFirst(clientFirst)
      const maildrop = maildropOf(first.user)
      // As Cyrus and Dovecot do: a name that nobody has is refused before there is a challenge.
      if (maildrop?.password === undefined) return undefined
      const nonce = `${first.nonce}${random()}`
      const salt = encodeText(random())
      const serverFirst = formatScramServerFirst({ nonce, salt, iterations })
      const clientFinal = yield serverFirst
      const proof = parseScramClientFinal(clientFinal, { ...first, nonce })
      const keys = scramKeys(hash, maildrop.password, { salt, iterations })
      const authMessage = scramAuthMessage({ clientFirst, serverFirst, clientFinal })
      if (!verifyScramClientProof(hash, keys, authMessage, proof)) return undefined
      // No data comes with the success (R82): the signature is a challenge of its own, answered with nothing.
      yield formatScramServerFinal({ signature: scramServerSignature(hash, keys, authMessage) })
      return { maildrop, name: first.user, authorizationIdentity: first.authzid }
    },
  }
}

export const scramSha1: SaslMechanism = scram('SHA-1', 'sha1', 20)

export const scramSha256: SaslMechanism = scram('SHA-256', 'sha256', 32)
