/** Microsoft's token endpoint (identity platform v2.0), as its documentation and what applications logged have it. */
import { type Circumstances, type Granted, type Issuer, type RefusalReason, wordsOf } from './issuer.ts'

/** What gives access to a mailbox by POP3: of a user, or of the application itself. */
const mail = /^https:\/\/outlook\.office(?:365)?\.com\/(?:POP\.AccessAsUser\.All|\.default)$/i

/** Words that are asked for and not told back. */
const silent = new Set(['offline_access'])

type Words = readonly [status: number, error: string, code: number, description: string]

/** Status, error, number and description; `{}` stands for the value that was wrong. */
const refusals: Readonly<Record<RefusalReason, Words>> = {
  'client.unknown': [400, 'unauthorized_client', 700_016, "Application with identifier '{}' was not found."],
  'client.secret': [401, 'invalid_client', 7_000_215, 'Invalid client secret provided.'],
  'client.secret.missing': [
    401,
    'invalid_client',
    7_000_218,
    "The request body must contain one of the parameters: 'client_assertion' or 'client_secret'.",
  ],
  'code.redirect': [
    400,
    'invalid_grant',
    500_112,
    "The reply address '{}' is not the one the code was requested with.",
  ],
  'code.unknown': [400, 'invalid_grant', 9_002_313, 'Invalid request. Request is malformed or invalid.'],
  'code.used': [400, 'invalid_grant', 54_005, 'OAuth2 Authorization code was already redeemed.'],
  'code.verifier': [400, 'invalid_grant', 501_481, 'The Code_Verifier does not match the code_challenge.'],
  'grant.unsupported': [400, 'unsupported_grant_type', 70_003, "The app requested an unsupported grant type '{}'."],
  'parameter.missing': [400, 'invalid_request', 900_144, "The request body must contain the parameter: '{}'."],
  'refresh.revoked': [400, 'invalid_grant', 50_173, 'The provided grant has expired due to it being revoked.'],
  'refresh.unknown': [400, 'invalid_grant', 9_002_313, 'Invalid request. Request is malformed or invalid.'],
  'scope.ofClient': [
    400,
    'invalid_scope',
    1_002_012,
    'The scope {} is not valid: with client credentials it is the identifier of a resource with /.default behind it.',
  ],
  'server.failed': [500, 'server_error', 90_006, 'Internal error. Try to sign in again.'],
  'server.unavailable': [503, 'temporarily_unavailable', 90_033, 'A transient error has occurred. Please try again.'],
  'tenant.unknown': [400, 'invalid_request', 90_002, "Tenant '{}' not found."],
}

export const microsoft: Issuer = {
  endpoint: /^https:\/\/login\.microsoftonline\.com\/[^/]+\/oauth2\/v2\.0\/token$/,
  grants: ['authorization_code', 'client_credentials', 'refresh_token'],
  scope: 'https://outlook.office.com/POP.AccessAsUser.All',
  otherScope: 'https://graph.microsoft.com/User.Read',
  coversMail: (scope) => wordsOf(scope).some((word) => mail.test(word)),
  refusalOfClientScope: (scope) => {
    if (scope === undefined) return { reason: 'parameter.missing', value: 'scope' }
    return wordsOf(scope).every((word) => word.endsWith('/.default'))
      ? undefined
      : { reason: 'scope.ofClient', value: scope }
  },
  refreshTokens: 'renewed',
  isOffline: (authorization) => wordsOf(authorization.get('scope') ?? '').includes('offline_access'),
  accessToken: (letters) => `EwB4${letters}`,
  refreshToken: (letters) => `M.C5${letters}`,
  grantedBody: ({ grant, accessToken, expiresIn, scope, refreshToken }: Granted) => ({
    token_type: 'Bearer',
    ...(grant === 'client_credentials'
      ? {}
      : {
          scope: wordsOf(scope)
            .filter((word) => !silent.has(word))
            .join(' '),
        }),
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
  }),
  refuse: ({ reason, value = '' }, circumstances) => {
    const [status, error, code, description] = refusals[reason]
    const said = `AADSTS${code}: ${description.replace('{}', value)}`
    return { status, body: { error, ...described(said, code, circumstances) } }
  },
}

/** What is said of an error, in one text and again field by field. */
function described(said: string, code: number, { now, uuid }: Circumstances): object {
  const traceId = uuid()
  const correlationId = uuid()
  const timestamp = new Date(now).toISOString().replace('T', ' ').replace(/\.\d+/, '')
  return {
    error_description: `${said} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [code],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  }
}
