/**
 * XOAUTH2: name and access token (R85). It goes in two lines always: RFC 5034 leaves that to the client, Microsoft takes nothing
 * else and closes the connection (R87), and most tokens are too long for one line anyway (R74).
 */
import { formatXoauth2 } from '@pop3kit/codec'
import type { Pop3TokenAuth } from '../login/auth.ts'
import type { Conversation, Mechanism } from './mechanism.ts'

export const xoauth2: Mechanism<Pop3TokenAuth> = {
  name: 'XOAUTH2',
  cleartext: true,
  *converse(credentials): Conversation {
    yield undefined
    yield formatXoauth2(credentials)
  },
  afterFailure: new Uint8Array(),
}
