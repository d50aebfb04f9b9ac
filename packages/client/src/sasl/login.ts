/** LOGIN: name and password, one after the other (draft-murchison-sasl-login). */
import { encodeText } from '@pop3kit/codec'
import type { Pop3PasswordAuth } from '../login/auth.ts'
import type { Conversation, Mechanism } from './mechanism.ts'

export const login: Mechanism<Pop3PasswordAuth> = {
  name: 'LOGIN',
  cleartext: true,
  *converse({ user, pass }): Conversation {
    yield undefined
    yield encodeText(user)
    yield encodeText(pass)
  },
}
