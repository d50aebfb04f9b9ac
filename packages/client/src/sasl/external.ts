/** EXTERNAL: who one is, TLS has shown already (RFC 4422 appendix A). */
import { encodeText } from '@pop3kit/codec'
import type { Pop3ExternalAuth } from '../login/auth.ts'
import type { Conversation, Mechanism } from './mechanism.ts'

export const external: Mechanism<Pop3ExternalAuth> = {
  name: 'EXTERNAL',
  cleartext: false,
  *converse({ user = '' }): Conversation {
    yield encodeText(user)
  },
}
