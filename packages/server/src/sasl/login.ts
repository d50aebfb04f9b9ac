/** LOGIN: name and password in two messages, older than PLAIN and in no RFC; the client may send the name at once. */
import { decodeText, encodeText } from '@pop3kit/codec'
import type { SaslMechanism } from './mechanism.ts'

export const login: SaslMechanism = {
  name: 'LOGIN',
  clientFirst: true,
  cleartext: true,
  async *dialogue({ maildropOf, isPasswordOf, takesName }) {
    const user = decodeText(yield encodeText('Username:'))
    if (!takesName(user)) return undefined
    const password = decodeText(yield encodeText('Password:'))
    const maildrop = maildropOf(user)
    return maildrop !== undefined && isPasswordOf(maildrop, password) ? { maildrop } : undefined
  },
}
