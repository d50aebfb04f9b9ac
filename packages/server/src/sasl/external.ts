/** EXTERNAL (RFC 4422 appendix A): the certificate of the client says who it is; the message, whom it wants to act as. */
import { decodeText } from '@pop3kit/codec'
import { type SaslMechanism, nothing } from './mechanism.ts'

export const external: SaslMechanism = {
  name: 'EXTERNAL',
  clientFirst: true,
  cleartext: false,
  async *dialogue({ maildropOf, clientName }) {
    const authorizationIdentity = decodeText(yield nothing) || undefined
    const maildrop = clientName === undefined ? undefined : maildropOf(clientName)
    return maildrop && { maildrop, authorizationIdentity }
  },
}
