/** PLAIN (RFC 4616, R84): name and password in one message. */
import { parsePlain } from '@pop3kit/codec'
import { type SaslMechanism, nothing } from './mechanism.ts'

export const plain: SaslMechanism = {
  name: 'PLAIN',
  clientFirst: true,
  cleartext: true,
  async *dialogue({ maildropOf }) {
    const { authzid, authcid, password } = parsePlain(yield nothing)
    const maildrop = maildropOf(authcid)
    if (maildrop?.password !== password) return undefined
    return { maildrop, name: authcid, authorizationIdentity: authzid }
  },
}
