/** CRAM-SHA1: CRAM-MD5 (RFC 2195) with another digest; it is in no RFC. */
import { decodeText, encodeText } from '@pop3kit/codec'
import { load } from '../lazily.ts'
import type { SaslMechanism } from './mechanism.ts'

/** A name, and a digest of 160 bits. */
const response = /^(.+) ([\da-f]{40})$/s

export const cramSha1: SaslMechanism = {
  name: 'CRAM-SHA1',
  clientFirst: false,
  cleartext: false,
  async *dialogue({ maildropOf, cramChallenge }) {
    const challenge = cramChallenge()
    const [, user = '', digest] = response.exec(decodeText(yield encodeText(challenge))) ?? []
    const maildrop = maildropOf(user)
    if (maildrop?.password === undefined) return undefined
    const expected = load('node:crypto').createHmac('sha1', maildrop.password).update(challenge).digest('hex')
    return digest === expected ? { maildrop } : undefined
  },
}
