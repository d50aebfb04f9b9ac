/** OAuth for tests of applications that fetch mail: token endpoints as handlers of msw. @packageDocumentation */
export { oauthHandlers } from './oauth-handlers.ts'
export type { Oauth, OauthOptions, OauthUser } from './oauth-handlers.ts'
export type { IssuerName } from './issuers/index.ts'
export type { GrantType, RefreshTokenRule } from './issuers/issuer.ts'
export type { IssuedToken } from './oauth/authorization-server.ts'
export type { FaultOptions, OauthFaults } from './oauth/oauth-faults.ts'
export { pop3Source } from './pop3-source.ts'
