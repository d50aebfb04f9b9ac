/** An authorization server (RFC 6749) whose access tokens the maildrops of a mail server accept. */
import { type Duration, Pop3ArgumentError, parseDuration } from '@pop3kit/codec'
import type { Pop3Server } from '@pop3kit/server'
import type { GrantType, Issuer, Refusal, RefreshTokenRule, TokenAnswer } from '../issuers/issuer.ts'
import { AuthorizationCodes } from './authorization-codes.ts'
import { lettersOf, uuidOf } from './letters.ts'
import { RefreshTokens } from './refresh-tokens.ts'
import { type TokenRequest, given } from './token-request.ts'

/** What an authorization server knows from the start. */
export interface Registration {
  readonly users: Readonly<Record<string, { readonly refreshToken?: string | undefined }>>
  readonly clientId: string | undefined
  readonly clientSecret: string | undefined
  readonly tenant: string | undefined
  readonly expiresIn: Duration
  readonly refreshTokens: RefreshTokenRule
  readonly seed: number
}

/** An access token that was given out. */
export interface IssuedToken {
  /** By which grant (RFC 6749 section 1.3). */
  readonly grant: GrantType
  /** Whose maildrops it opens: one user's, or with client credentials those of all. */
  readonly users: readonly string[]
  /** The token. */
  readonly accessToken: string
  /** What it is for, as the application was told. */
  readonly scope: string
}

/** What a request comes to: whom the tokens are for, and the refresh token that is told, if any. */
interface Permission {
  readonly users: readonly string[]
  readonly scope: string
  readonly refreshToken: string | undefined
}

/** The grants, tokens and codes. */
export class AuthorizationServer {
  readonly #server: Pop3Server
  readonly #issuer: Issuer
  readonly #registration: Registration
  readonly #codes = new AuthorizationCodes()
  readonly #refreshTokens: RefreshTokens
  #issued: IssuedToken[] = []
  /** How many tokens, codes and answers there were: each has letters of its own. */
  #count = 0

  /** @throws {Pop3ArgumentError} When a user has no maildrop, or a duration is none. */
  constructor(server: Pop3Server, issuer: Issuer, registration: Registration) {
    this.#server = server
    this.#issuer = issuer
    this.#registration = registration
    this.#refreshTokens = new RefreshTokens(registration.refreshTokens, () =>
      issuer.refreshToken(lettersOf(...this.#next('refresh token'))),
    )
    // In JavaScript nothing else says so.
    if (typeof registration.users !== 'object') {
      throw new Pop3ArgumentError("Cannot give out tokens: expected users, such as { 'alice@example.com': {} }")
    }
    for (const user of Object.keys(registration.users)) server.maildrop(user)
    parseDuration(registration.expiresIn)
    this.reset()
  }

  get issued(): readonly IssuedToken[] {
    return this.#issued
  }

  /** Back to the beginning: only the refresh tokens that users had from the start. */
  reset(): void {
    this.#count = 0
    this.#issued = []
    this.#codes.clear()
    this.#refreshTokens.clear()
    for (const user of Object.keys(this.#registration.users)) {
      this.#refreshTokens.keep(this.refreshTokenOf(user), { user, scope: this.#issuer.scope })
    }
  }

  /** The refresh token that a user has from the start. */
  refreshTokenOf(user: string): string {
    const known = this.#registration.users[this.#known(user)]?.refreshToken
    return known ?? this.#issuer.refreshToken(lettersOf(this.#registration.seed, 'refresh token', user))
  }

  /** A user consents to what an application asks for; gives the URL that the browser goes back to. */
  consent(user: string, authorizationUrl: string | URL): string {
    const authorization = new URL(authorizationUrl).searchParams
    const clientId = given(authorization, 'client_id')
    const { clientId: expected = clientId } = this.#registration
    if (clientId !== expected) {
      throw new Pop3ArgumentError(`Cannot consent to "${clientId ?? ''}": expected the client_id "${expected ?? ''}"`)
    }
    const code = lettersOf(...this.#next('code'))
    return this.#codes.give(code, { user: this.#known(user), authorization }, this.#server.clock.now())
  }

  /** Takes back the access tokens of a user. */
  revokeAccess(user: string): void {
    for (const { users, accessToken } of this.#issued) {
      if (users.includes(user)) this.#server.maildrop(user).accessTokens.revoke(accessToken)
    }
  }

  /** Takes back the access tokens and refresh tokens of a user. */
  revoke(user: string): void {
    this.revokeAccess(this.#known(user))
    this.#refreshTokens.revoke(user)
  }

  /** Answers a token request. */
  answer(request: TokenRequest, scope: 'granted' | 'missing' = 'granted'): TokenAnswer {
    const grant = this.#issuer.grants.find((known) => known === given(request.parameters, 'grant_type'))
    const permission = this.#refusalOfClient(request) ?? this.#permit(grant, request)
    if ('reason' in permission) return this.refuse(permission)
    return this.#give(grant, scope === 'missing' ? { ...permission, scope: this.#issuer.otherScope } : permission)
  }

  /** Says no. */
  refuse(refusal: Refusal): TokenAnswer {
    return this.#issuer.refuse(refusal, {
      now: this.#server.clock.now(),
      uuid: () => uuidOf(...this.#next('answer')),
    })
  }

  #refusalOfClient({ clientId, clientSecret, tenant }: TokenRequest): Refusal | undefined {
    const expected = this.#registration
    if ((expected.tenant ?? tenant) !== tenant) return { reason: 'tenant.unknown', value: tenant }
    if (clientId === undefined) return { reason: 'parameter.missing', value: 'client_id' }
    if ((expected.clientId ?? clientId) !== clientId) return { reason: 'client.unknown', value: clientId }
    if ((expected.clientSecret ?? clientSecret) === clientSecret) return undefined
    return { reason: clientSecret === undefined ? 'client.secret.missing' : 'client.secret' }
  }

  #permit(grant: GrantType | undefined, request: TokenRequest): Permission | Refusal {
    switch (grant) {
      case 'refresh_token':
        return this.#refresh(request)
      case 'authorization_code':
        return this.#redeem(request)
      case 'client_credentials':
        return this.#ofClient(request)
      default: {
        const asked = given(request.parameters, 'grant_type')
        return asked === undefined
          ? { reason: 'parameter.missing', value: 'grant_type' }
          : { reason: 'grant.unsupported', value: asked }
      }
    }
  }

  #refresh(request: TokenRequest): Permission | Refusal {
    const used = this.#refreshTokens.use(given(request.parameters, 'refresh_token'))
    if ('reason' in used) return used
    const { user, scope, refreshToken } = used
    return { users: [user], scope: this.#scopeOf(request, scope), refreshToken }
  }

  #redeem(request: TokenRequest): Permission | Refusal {
    const consent = this.#codes.redeem(request, this.#server.clock.now())
    if ('reason' in consent) return consent
    const { user, authorization } = consent
    const scope = given(authorization, 'scope') ?? this.#issuer.scope
    const refreshToken = this.#issuer.isOffline(authorization) ? this.#refreshTokens.give({ user, scope }) : undefined
    return { users: [user], scope, refreshToken }
  }

  #ofClient(request: TokenRequest): Permission | Refusal {
    const refusal = this.#issuer.refusalOfClientScope(given(request.parameters, 'scope'))
    if (refusal !== undefined) return refusal
    return { users: Object.keys(this.#registration.users), scope: this.#scopeOf(request), refreshToken: undefined }
  }

  #scopeOf({ parameters }: TokenRequest, granted: string = this.#issuer.scope): string {
    return given(parameters, 'scope') ?? granted
  }

  /** Makes an access token, and lets it in at the maildrops that it is for. */
  #give(grant: GrantType = 'refresh_token', { users, scope, refreshToken }: Permission): TokenAnswer {
    const { expiresIn } = this.#registration
    const accessToken = this.#issuer.accessToken(lettersOf(...this.#next('access token')))
    const isForMail = this.#issuer.coversMail(scope)
    for (const user of users) {
      const { accessTokens } = this.#server.maildrop(user)
      accessTokens.grant(accessToken, { expiresIn, scope: isForMail ? 'granted' : 'missing' })
    }
    this.#issued.push({ grant, users, accessToken, scope })
    const seconds = Math.floor(parseDuration(expiresIn) / 1000)
    return {
      status: 200,
      body: this.#issuer.grantedBody({ grant, accessToken, expiresIn: seconds, scope, refreshToken }),
    }
  }

  #next(what: string): [seed: number, what: string, count: number] {
    this.#count += 1
    return [this.#registration.seed, what, this.#count]
  }

  #known(user: string): string {
    if (Object.hasOwn(this.#registration.users, user)) return user
    const users = Object.keys(this.#registration.users).map((name) => `"${name}"`)
    throw new Pop3ArgumentError(`Cannot find the user "${user}": expected one of ${users.join(', ') || 'none'}`)
  }
}
