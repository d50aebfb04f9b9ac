/**
 * Mechanisms that real servers know and that the server does not speak: DIGEST-MD5 is obsolete (RFC 6331), channel binding (RFC 5802
 * section 6) is not to be had here, and for CRAM-SHA256 no account has a secret. They begin as there, and refuse whatever is answered.
 */
import { encodeText } from '@pop3kit/codec'
import { type SaslContext, type SaslMechanism, nothing } from './mechanism.ts'

function unspoken(name: string, challenge: (context: SaslContext) => Uint8Array): SaslMechanism {
  return {
    name,
    clientFirst: false,
    cleartext: false,
    async *dialogue(context) {
      yield challenge(context)
      return undefined
    },
  }
}

export const digestMd5: SaslMechanism = unspoken('DIGEST-MD5', ({ digestChallenge }) => encodeText(digestChallenge()))

export const cramSha256: SaslMechanism = unspoken('CRAM-SHA256', ({ cramChallenge }) => encodeText(cramChallenge()))

export const scramSha1Plus: SaslMechanism = unspoken('SCRAM-SHA-1-PLUS', () => nothing)
