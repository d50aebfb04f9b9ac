/** PLAIN: name and password in one message (RFC 4616; R84). */
import { formatPlain } from '@pop3kit/codec'
import type { Pop3PasswordAuth } from '../login/auth.ts'
import type { Conversation, Mechanism } from './mechanism.ts'

export const plain: Mechanism<Pop3PasswordAuth> = {
  name: 'PLAIN',
  cleartext: true,
  *converse({ user, pass, authzid }): Conversation {
    yield formatPlain({ authzid, authcid: user, password: pass })
  },
}
