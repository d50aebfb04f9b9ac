/** All ways to log in with what the caller has, the best first: those that do not show the password, then those that do. */
import { cramMd5 } from '../sasl/cram-md5.ts'
import { external } from '../sasl/external.ts'
import { login } from '../sasl/login.ts'
import { oauthBearer } from '../sasl/oauthbearer.ts'
import { plain } from '../sasl/plain.ts'
import { scramSha1, scramSha256 } from '../sasl/scram.ts'
import { xoauth2 } from '../sasl/xoauth2.ts'
import type { Pop3Auth } from './auth.ts'
import { byApop } from './by-apop.ts'
import { byAuth } from './by-auth.ts'
import { byUser } from './by-user.ts'
import type { LoginWay } from './way.ts'

export function loginWays(auth: Pop3Auth): readonly LoginWay[] {
  if ('accessToken' in auth) return [byAuth(oauthBearer, auth), byAuth(xoauth2, auth)]
  if (!('pass' in auth)) return [byAuth(external, auth)]
  // Only these have a place for another identity
  if (auth.authzid !== undefined) return [scramSha256, scramSha1, plain].map((mechanism) => byAuth(mechanism, auth))
  return [
    byAuth(scramSha256, auth),
    byAuth(scramSha1, auth),
    byAuth(cramMd5, auth),
    byApop(auth),
    byAuth(plain, auth),
    byAuth(login, auth),
    byUser(auth),
  ]
}
