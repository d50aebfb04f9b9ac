/** Token endpoints as handlers of msw, wired to the mail server: what they give out, XOAUTH2 and OAUTHBEARER accept (RFC 6749, RFC 7628). */
import type { Duration } from '@pop3kit/codec'
import type { Pop3Server } from '@pop3kit/server'
import { type HttpHandler, http } from 'msw'
import { type IssuerName, issuerNamed } from './issuers/index.ts'
import type { RefreshTokenRule } from './issuers/issuer.ts'
import { AuthorizationServer, type IssuedToken } from './oauth/authorization-server.ts'
import { type OauthFaults, faultsOf, respond } from './oauth/oauth-faults.ts'
import { readTokenRequest } from './oauth/token-request.ts'

/** A user who can be logged in with tokens. */
export interface OauthUser {
  /** The refresh token that the application has of this user; without it there is one that {@link Oauth.refreshToken} tells. */
  readonly refreshToken?: string | undefined
}

/** What an authorization server is set up with. */
export interface OauthOptions {
  /** Whose: where the endpoint is, what its answers look like, and which scopes are for mail. For a URL they are those of RFC 6749. */
  readonly issuer: IssuerName
  /** The users, by the names of their maildrops. With client credentials the application gets into all of them. */
  readonly users: Readonly<Record<string, OauthUser>>
  /** The client that is known; without it every one is. */
  readonly clientId?: string | undefined
  /** The secret of the client; without it every one, or none, will do. */
  readonly clientSecret?: string | undefined
  /** The tenant that is known, at Microsoft; without it every one is. */
  readonly tenant?: string | undefined
  /** How long access tokens hold, on the clock of the mail server. @default {'3599s'} */
  readonly expiresIn?: Duration | undefined
  /**
   * What becomes of a refresh token when it is used: `kept`, `renewed` (there is a new one, and the old one stays good) or `rotated` (the old
   * one is refused). @default {'renewed' at Microsoft, 'kept' elsewhere}
   */
  readonly refreshTokens?: RefreshTokenRule | undefined
  /** All tokens derive from it. @default {1} */
  readonly seed?: number | undefined
}

/** An authorization server beside the mail server: the handlers for msw, and what a test does to it. Made by {@link oauthHandlers}. */
export interface Oauth extends Iterable<HttpHandler> {
  /** What goes wrong, as ready handlers. */
  readonly fault: OauthFaults
  /** The access tokens that were given out, the oldest first. */
  readonly issued: readonly IssuedToken[]
  /**
   * The refresh token that a user has from the start.
   *
   * @throws {Pop3ArgumentError} When there is no such user.
   */
  refreshToken(user: string): string
  /**
   * A user consents to what the application asks for: takes the URL of the authorization endpoint that the application would open in a browser, and
   * gives the URL that the browser would go back to, with a code that is good once and for ten minutes (RFC 6749 section 4.1, RFC 7636).
   *
   * @throws {Pop3ArgumentError} When there is no such user, the client is another one, or there is no redirect_uri.
   */
  consent(user: string, authorizationUrl: string | URL): string
  /**
   * Takes back all tokens of a user. Sessions that are open go on; the next login is refused, and so is the next refresh.
   *
   * @throws {Pop3ArgumentError} When there is no such user.
   */
  revoke(user: string): void
  /** Back to the beginning, as `server.reset()` does for the mail server. */
  reset(): void
}

/**
 * The token endpoint of a provider, for `setupServer()` of msw. What it gives out opens the maildrops of the mail server by XOAUTH2 and
 * OAUTHBEARER, and expires on the clock of that.
 *
 * @example A refresh token becomes an access token, and that a login
 * ```ts
 * import { oauthHandlers } from '@pop3kit/msw'
 * import { setupPop3Server } from '@pop3kit/server'
 * import { setupServer } from 'msw/node'
 * import assert from 'node:assert/strict'
 *
 * const server = setupPop3Server({ maildrops: { 'alice@example.com': { messages: ['one\r\n'] } } })
 * const oauth = oauthHandlers(server, {
 *   issuer: 'google',
 *   clientId: 'worker',
 *   clientSecret: 's3cret',
 *   users: { 'alice@example.com': { refreshToken: '1//alice' } },
 * })
 * const web = setupServer(...oauth)
 * web.listen()
 *
 * const body = new URLSearchParams({
 *   grant_type: 'refresh_token',
 *   refresh_token: '1//alice',
 *   client_id: 'worker',
 *   client_secret: 's3cret',
 * })
 * const response = await fetch('https://oauth2.googleapis.com/token', { method: 'POST', body })
 * const { expires_in: expiresIn, scope } = await response.json()
 * assert.deepEqual([expiresIn, scope], [3599, 'https://mail.google.com/'])
 * assert.deepEqual(oauth.issued[0]?.users, ['alice@example.com'])
 *
 * web.close()
 * await server.close()
 * ```
 *
 * @throws {Pop3ArgumentError} When the issuer is neither a provider nor a URL, or a user has no maildrop.
 */
export function oauthHandlers(server: Pop3Server, options: OauthOptions): Oauth {
  const { users, clientId, clientSecret, tenant, expiresIn = '3599s', seed = 1 } = options
  const issuer = issuerNamed(options.issuer)
  const { refreshTokens = issuer.refreshTokens } = options
  const authorization = new AuthorizationServer(server, issuer, {
    users,
    clientId,
    clientSecret,
    tenant,
    expiresIn,
    refreshTokens,
    seed,
  })
  const handler = http.post(issuer.endpoint, async ({ request }) =>
    respond(authorization.answer(await readTokenRequest(request))),
  )
  return {
    fault: faultsOf(server, issuer, authorization),
    get issued() {
      return authorization.issued
    },
    refreshToken: (user) => authorization.refreshTokenOf(user),
    consent: (user, authorizationUrl) => authorization.consent(user, authorizationUrl),
    revoke: (user) => authorization.revoke(user),
    reset: () => authorization.reset(),
    [Symbol.iterator]: () => [handler][Symbol.iterator](),
  }
}
