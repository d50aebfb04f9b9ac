/** What makes one authorization server differ from another: where its token endpoint is, what it gives, and how it says no. */

/** The grants of RFC 6749 that an endpoint may know (sections 4.1.3, 4.4.2 and 6). */
export type GrantType = 'authorization_code' | 'client_credentials' | 'refresh_token'

/** Why a token request is refused. */
export type RefusalReason =
  | 'client.unknown'
  | 'client.secret'
  | 'client.secret.missing'
  | 'code.redirect'
  | 'code.unknown'
  | 'code.used'
  | 'code.verifier'
  | 'grant.unsupported'
  | 'parameter.missing'
  | 'refresh.revoked'
  | 'refresh.unknown'
  | 'scope.ofClient'
  | 'server.failed'
  | 'server.unavailable'
  | 'tenant.unknown'

/** A token request that is refused, and the value that was wrong. */
export interface Refusal {
  readonly reason: RefusalReason
  readonly value?: string | undefined
}

/** A token request that is granted. */
export interface Granted {
  readonly grant: GrantType
  readonly accessToken: string
  /** How long it holds (seconds). */
  readonly expiresIn: number
  readonly scope: string
  readonly refreshToken: string | undefined
}

/** What an answer may tell besides. */
export interface Circumstances {
  /** Milliseconds since the epoch, by the clock of the mail server. */
  readonly now: number
  /** A UUID, another one each time it is called. */
  readonly uuid: () => string
}

/** An answer over HTTP. */
export interface TokenAnswer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

/** How refresh tokens live: used again and again, replaced while the old one stays good, or good for one time (RFC 6749 section 6). */
export type RefreshTokenRule = 'kept' | 'renewed' | 'rotated'

/** An authorization server of a kind. */
export interface Issuer {
  /** The URL of its token endpoint. */
  readonly endpoint: RegExp
  readonly grants: readonly GrantType[]
  /** The scope of a user who consented before the test began. */
  readonly scope: string
  /** A scope that is not for mail. */
  readonly otherScope: string
  /** Whether POP3 is within a scope. */
  readonly coversMail: (scope: string) => boolean
  /** What is wrong with the scope that an application asks for itself, by client credentials (RFC 6749 section 4.4.2). */
  readonly refusalOfClientScope: (scope: string | undefined) => Refusal | undefined
  readonly refreshTokens: RefreshTokenRule
  /** Whether the application asked, at the authorization endpoint, for a refresh token, too. */
  readonly isOffline: (authorization: URLSearchParams) => boolean
  /** Tokens as they look there, made of letters and digits that differ each time. */
  readonly accessToken: (letters: string) => string
  readonly refreshToken: (letters: string) => string
  readonly grantedBody: (granted: Granted) => TokenAnswer['body']
  readonly refuse: (refusal: Refusal, circumstances: Circumstances) => TokenAnswer
}

/** The words of a scope (RFC 6749 section 3.3). */
export function wordsOf(scope: string): string[] {
  return scope.split(' ').filter((word) => word !== '')
}
