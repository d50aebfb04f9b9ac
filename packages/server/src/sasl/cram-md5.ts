/** CRAM-MD5 (RFC 2195): the digest of a challenge, never the password itself. */
import { cramMd5Digest, encodeText, parseCramMd5 } from '@pop3kit/codec'
import type { SaslMechanism } from './mechanism.ts'

export const cramMd5: SaslMechanism = {
  name: 'CRAM-MD5',
  clientFirst: false,
  cleartext: false,
  async *dialogue({ maildropOf, cramChallenge }) {
    const challenge = cramChallenge()
    const { user, digest } = parseCramMd5(yield encodeText(challenge))
    const maildrop = maildropOf(user)
    if (maildrop?.password === undefined || cramMd5Digest(challenge, maildrop.password) !== digest) return undefined
    return { maildrop }
  },
}
