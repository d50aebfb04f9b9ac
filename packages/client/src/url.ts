/** A POP URL in the place of host, port, user name and mechanism (RFC 2384; R96 to R98). */
import { parsePopUrl, Pop3ArgumentError } from '@pop3kit/codec'
import type { Pop3Auth } from './login/auth.ts'
import type { Pop3ConnectOptions, Pop3UrlOptions } from './options.ts'

/** What the URL says, and what the other options say besides. */
export function byUrl({ url, auth, ...options }: Pop3UrlOptions): Pop3ConnectOptions {
  const { host, port, user, auth: authType } = parsePopUrl(url)
  // A port that is not there is another one with implicit TLS
  const place = /:\d+$/.test(url) ? { host, port } : { host }
  if (auth === undefined) return { ...options, ...place }
  const said = { user, mechanism: mechanismOf(authType) }
  for (const key of ['user', 'mechanism'] as const) {
    if (said[key] !== undefined && auth[key] !== undefined && said[key] !== auth[key]) {
      throw new Pop3ArgumentError(`Cannot connect: expected "${key}" to be what the URL says, or not to be given`)
    }
  }
  const whole = { ...auth, user: auth.user ?? user, mechanism: auth.mechanism ?? said.mechanism }
  if (isAuth(whole)) return { ...options, ...place, auth: whole }
  throw new Pop3ArgumentError('Cannot connect: expected a user name, and a password or an access token')
}

/** R97: any that the client finds best, APOP, or one of SASL. */
function mechanismOf(authType: string | undefined): string | undefined {
  if (authType === undefined || authType === '*') return undefined
  return authType.toUpperCase().replace(/^\+APOP$/, 'APOP')
}

/** Whether nothing is missing. What the mechanism may be is known where it is chosen. */
function isAuth(auth: {
  readonly user?: string | undefined
  readonly mechanism?: string | undefined
}): auth is Pop3Auth {
  return auth.mechanism === 'EXTERNAL' || (auth.user !== undefined && ('pass' in auth || 'accessToken' in auth))
}
