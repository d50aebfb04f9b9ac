/** SCRAM: both sides prove that they know the password, and neither sends it (RFC 5802, RFC 7677). */
import {
  decodeChallenge,
  formatScramClientFinal,
  formatScramClientFirst,
  parseScramServerFinal,
  parseScramServerFirst,
  scramAuthMessage,
  scramClientProof,
  type ScramHash,
  scramKeys,
  verifyScramServerSignature,
} from '@pop3kit/codec'
import type { Pop3PasswordAuth } from '../login/auth.ts'
import { type Conversation, Failure, type Mechanism, UntrustedServer } from './mechanism.ts'
import { randomNonce, scramHash } from './scram-hash.ts'

export const scramSha1: Mechanism<Pop3PasswordAuth> = scram('SHA-1')
export const scramSha256: Mechanism<Pop3PasswordAuth> = scram('SHA-256')

function scram(hashName: ScramHash['name']): Mechanism<Pop3PasswordAuth> {
  const name = `SCRAM-${hashName}`
  return {
    name,
    cleartext: false,
    *converse({ user, pass, authzid }): Conversation {
      const hash = scramHash(hashName)
      const clientNonce = randomNonce()
      const clientFirst = formatScramClientFirst({ authzid, user, nonce: clientNonce })
      const serverFirst = decodeChallenge(yield clientFirst)
      const { nonce, ...parameters } = parseScramServerFirst(serverFirst, clientNonce)
      const keys = scramKeys(hash, pass, parameters)
      const unproved = formatScramClientFinal({ authzid, nonce })
      const authMessage = scramAuthMessage({ clientFirst, serverFirst, clientFinal: unproved })
      const proof = scramClientProof(hash, keys, authMessage)
      const last = yield formatScramClientFinal({ authzid, nonce, proof })
      const { signature, error } = parseScramServerFinal(decodeChallenge(last))
      if (error !== undefined) throw new Failure(error)
      if (!verifyScramServerSignature(hash, keys, authMessage, signature)) {
        const message = `Cannot log in with ${name}: the server does not know the password, so it is not the right one`
        throw new UntrustedServer(message, { offset: last.offset, excerpt: '***' })
      }
      yield new Uint8Array()
    },
  }
}
