/** CRAM-MD5: a digest of challenge and password (RFC 2195). */
import { cramMd5Response, decodeChallenge } from '@pop3kit/codec'
import type { Pop3PasswordAuth } from '../login/auth.ts'
import type { Conversation, Mechanism } from './mechanism.ts'

export const cramMd5: Mechanism<Pop3PasswordAuth> = {
  name: 'CRAM-MD5',
  cleartext: false,
  *converse({ user, pass }): Conversation {
    const challenge = decodeChallenge(yield undefined)
    yield cramMd5Response({ user, secret: pass, challenge })
  },
}
