/** OAUTHBEARER: the name and an access token (RFC 7628; R88). */
import { formatOauthBearer } from '@pop3kit/codec'
import type { Pop3TokenAuth } from '../login/auth.ts'
import type { Conversation, Mechanism } from './mechanism.ts'

export const oauthBearer: Mechanism<Pop3TokenAuth> = {
  name: 'OAUTHBEARER',
  cleartext: true,
  *converse({ user, accessToken }): Conversation {
    yield formatOauthBearer({ user, accessToken })
  },
  // A single ^A (RFC 7628 section 3.2.3)
  afterFailure: Uint8Array.of(1),
}
