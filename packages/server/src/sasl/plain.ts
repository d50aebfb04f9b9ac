/** PLAIN (RFC 4616, R84): name and password in one message. */
import { Pop3ProtocolError } from '@pop3kit/codec'
import { type SaslMechanism, nothing } from './mechanism.ts'

export const plain: SaslMechanism = {
  name: 'PLAIN',
  clientFirst: true,
  cleartext: true,
  async *dialogue({ maildropOf, isPasswordOf, parsePlain }) {
    const message = yield nothing
    try {
      const { authzid, authcid, password } = parsePlain(message)
      const maildrop = maildropOf(authcid)
      if (maildrop === undefined || !isPasswordOf(maildrop, password)) return undefined
      return { maildrop, name: authcid, authorizationIdentity: authzid }
    } catch (error) {
      // Where a part is empty, or no UTF-8, they are three all the same: it is the credentials that are wrong.
      if (error instanceof Pop3ProtocolError && message.filter((octet) => octet === 0).length === 2) return undefined
      throw error
    }
  },
}
