/** A token endpoint by the letter of RFC 6749, at a URL of the user's. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import type { Granted, Issuer, RefusalReason } from './issuer.ts'

/** Status and error (RFC 6749 section 5.2), and a description. */
const refusals: Readonly<Record<RefusalReason, readonly [status: number, error: string, description: string]>> = {
  'client.unknown': [401, 'invalid_client', 'unknown client'],
  'client.secret': [401, 'invalid_client', 'wrong client secret'],
  'client.secret.missing': [401, 'invalid_client', 'missing client secret'],
  'code.redirect': [400, 'invalid_grant', 'the code was requested with another redirect_uri'],
  'code.unknown': [400, 'invalid_grant', 'unknown code'],
  'code.used': [400, 'invalid_grant', 'the code was used before'],
  'code.verifier': [400, 'invalid_grant', 'the code_verifier is not the one of the code_challenge'],
  'grant.unsupported': [400, 'unsupported_grant_type', 'unsupported grant_type {}'],
  'parameter.missing': [400, 'invalid_request', 'missing {}'],
  'refresh.revoked': [400, 'invalid_grant', 'the refresh token was revoked'],
  'refresh.unknown': [400, 'invalid_grant', 'unknown refresh token'],
  'scope.ofClient': [400, 'invalid_scope', 'no scope of a client'],
  'server.failed': [500, 'server_error', 'internal error'],
  'server.unavailable': [503, 'temporarily_unavailable', 'try again later'],
  'tenant.unknown': [400, 'invalid_request', 'unknown tenant'],
}

/** @throws {Pop3ArgumentError} When the URL is none. */
export function standardAt(url: string): Issuer {
  if (!URL.canParse(url)) {
    throw new Pop3ArgumentError(
      `Cannot use "${url}" as an issuer: expected 'google', 'microsoft' or the URL of a token endpoint`,
    )
  }
  return {
    endpoint: new RegExp(`^${new URL(url).href.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`),
    grants: ['authorization_code', 'client_credentials', 'refresh_token'],
    scope: 'pop',
    otherScope: 'profile',
    coversMail: (scope) => scope !== 'profile',
    refusalOfClientScope: () => undefined,
    refreshTokens: 'kept',
    isOffline: () => true,
    accessToken: (letters) => letters,
    refreshToken: (letters) => letters,
    grantedBody: ({ accessToken, expiresIn, scope, refreshToken }: Granted) => ({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: expiresIn,
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
      scope,
    }),
    refuse: ({ reason, value = '' }) => {
      const [status, error, description] = refusals[reason]
      return { status, body: { error, error_description: description.replace('{}', value) } }
    },
  }
}
