/** XOAUTH2 (R85, R86) and OAUTHBEARER (RFC 7628, R88, R89): an access token in one message; what is wrong with it comes as a challenge. */
import { encodeText, parseOauthBearer, parseXoauth2 } from '@pop3kit/codec'
import type { TokenVerdict } from '../maildrop/access-tokens.ts'
import { type SaslDialogue, type SaslMechanism, nothing } from './mechanism.ts'
import type { SaslContext } from './mechanism.ts'

interface Bearer {
  readonly user?: string | undefined
  readonly accessToken: string
}

type Refused = Exclude<TokenVerdict, 'accepted'>

function bearer(
  name: string,
  parse: (message: Uint8Array) => Bearer,
  failure: (verdict: Refused) => object,
): SaslMechanism {
  return {
    name,
    clientFirst: true,
    cleartext: true,
    async *dialogue({ maildropOf, maildropOfToken, now }: SaslContext): SaslDialogue {
      const { user, accessToken } = parse(yield nothing)
      // A client of OAUTHBEARER need not say who it is: the token does.
      const maildrop = user === undefined ? await maildropOfToken(accessToken) : maildropOf(user)
      const verdict = (await maildrop?.accessTokens.judge(accessToken, now())) ?? 'invalid_token'
      if (verdict === 'accepted') return maildrop && { maildrop }
      // The client answers this with an empty line or ^A, and is refused then.
      yield encodeText(JSON.stringify(failure(verdict)))
      return undefined
    },
  }
}

/** Google says the same whatever is wrong with the token, and names the scope that it has to have. */
export const xoauth2: SaslMechanism = bearer('XOAUTH2', parseXoauth2, () => ({
  status: '400',
  schemes: 'Bearer',
  scope: 'https://mail.google.com/',
}))

/** The status is one of RFC 6750 section 3.1 (RFC 7628 section 3.2.2). */
export const oauthBearer: SaslMechanism = bearer('OAUTHBEARER', parseOauthBearer, (status) => ({
  status,
  scope: 'pop',
}))
