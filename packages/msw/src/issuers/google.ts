/** Google's token endpoint, as its documentation and what applications logged have it. */
import { type Granted, type Issuer, type RefusalReason, wordsOf } from './issuer.ts'

const mail = 'https://mail.google.com/'

/** Status, error and description; `{}` stands for the value that was wrong. */
const refusals: Readonly<Record<RefusalReason, readonly [status: number, error: string, description: string]>> = {
  'client.unknown': [401, 'invalid_client', 'The OAuth client was not found.'],
  'client.secret': [401, 'invalid_client', 'Unauthorized'],
  'client.secret.missing': [400, 'invalid_request', 'client_secret is missing.'],
  'code.redirect': [400, 'redirect_uri_mismatch', 'Bad Request'],
  'code.unknown': [400, 'invalid_grant', 'Malformed auth code.'],
  'code.used': [400, 'invalid_grant', 'Bad Request'],
  'code.verifier': [400, 'invalid_grant', 'Invalid code verifier.'],
  'grant.unsupported': [400, 'unsupported_grant_type', 'Invalid grant_type: {}'],
  'parameter.missing': [400, 'invalid_request', 'Missing required parameter: {}'],
  'refresh.revoked': [400, 'invalid_grant', 'Token has been expired or revoked.'],
  'refresh.unknown': [400, 'invalid_grant', 'Bad Request'],
  'scope.ofClient': [400, 'invalid_scope', 'Bad Request'],
  'server.failed': [500, 'internal_failure', 'Internal error'],
  'server.unavailable': [503, 'backend_error', 'Service unavailable'],
  'tenant.unknown': [400, 'invalid_request', 'Bad Request'],
}

export const google: Issuer = {
  // The older ones are still what some libraries ask.
  endpoint:
    /^https:\/\/(?:oauth2\.googleapis\.com\/token|(?:www|accounts)\.google(?:apis)?\.com\/(?:o\/oauth2|oauth2\/v[34])\/token)$/,
  // An application logs in for itself with a service account (RFC 7523), and not with client credentials.
  grants: ['authorization_code', 'refresh_token'],
  scope: mail,
  otherScope: 'https://www.googleapis.com/auth/userinfo.email openid',
  coversMail: (scope) => wordsOf(scope).includes(mail),
  refusalOfClientScope: () => undefined,
  refreshTokens: 'kept',
  isOffline: (authorization) => authorization.get('access_type') === 'offline',
  accessToken: (letters) => `ya29.${letters}`,
  refreshToken: (letters) => `1//0${letters}`,
  grantedBody: ({ accessToken, expiresIn, scope, refreshToken }: Granted) => ({
    access_token: accessToken,
    expires_in: expiresIn,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    scope,
    token_type: 'Bearer',
  }),
  refuse: ({ reason, value = '' }) => {
    const [status, error, description] = refusals[reason]
    return { status, body: { error, error_description: description.replace('{}', value) } }
  },
}
