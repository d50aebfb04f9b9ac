/** What goes wrong at token endpoints, and with the tokens: ready handlers for msw, and one for the mail server. */
import type { Duration } from '@pop3kit/codec'
import { type HandlerFunction, type Pop3Server, deliverThrough, reply } from '@pop3kit/server'
import { type HttpHandler, HttpResponse, http } from 'msw'
import type { Issuer, TokenAnswer } from '../issuers/issuer.ts'
import type { AuthorizationServer } from './authorization-server.ts'
import { readTokenRequest } from './token-request.ts'

/** How often a handler of msw is asked. */
export interface FaultOptions {
  /** Only the first time. */
  readonly once?: boolean | undefined
}

/** Misbehaviour of a token endpoint, for `use()` of msw; `revoked()` is for `use()` of the mail server. */
export interface OauthFaults {
  /** The refresh token or the code is not good any more: `invalid_grant`, in the provider's words. */
  invalidGrant(options?: FaultOptions): HttpHandler
  /** The endpoint fails: status 500, or 503 for one that is to be asked again later. */
  serverError(options?: FaultOptions & { readonly status?: 500 | 503 | undefined }): HttpHandler
  /** The endpoint answers as ever, but later by so much, on the clock of the mail server. */
  slow(duration: Duration, options?: FaultOptions): HttpHandler
  /** The endpoint gives tokens that are for something else than mail; the mail server refuses them. */
  missingScope(options?: FaultOptions): HttpHandler
  /** At this place of a session the access tokens of its user are revoked: `-ERR [AUTH]`, and the connection is closed. Refresh tokens stay good. */
  revoked(): HandlerFunction
}

/** Answers as HTTP has it: a token is not to be kept by anybody (RFC 6749 section 5.1). */
export function respond({ status, body }: TokenAnswer): HttpResponse<TokenAnswer['body']> {
  return HttpResponse.json(body, { status, headers: { 'cache-control': 'no-store' } })
}

/** The faults of one endpoint. */
export function faultsOf(server: Pop3Server, { endpoint }: Issuer, authorization: AuthorizationServer): OauthFaults {
  return {
    invalidGrant: (options = {}) =>
      http.post(endpoint, () => respond(authorization.refuse({ reason: 'refresh.revoked' })), asMsw(options)),
    serverError: ({ status = 500, ...options } = {}) => {
      const reason = status === 500 ? 'server.failed' : 'server.unavailable'
      return http.post(endpoint, () => respond(authorization.refuse({ reason })), asMsw(options))
    },
    slow: (duration, options = {}) =>
      // Who gives no answer leaves it to the next handler.
      http.post(endpoint, () => server.clock.wait(duration), asMsw(options)),
    missingScope: (options = {}) =>
      http.post(
        endpoint,
        async ({ request }) => respond(authorization.answer(await readTokenRequest(request), 'missing')),
        asMsw(options),
      ),
    revoked: () => revoked(authorization),
  }
}

function asMsw({ once = false }: FaultOptions): { once: boolean } {
  return { once }
}

function revoked(authorization: AuthorizationServer): HandlerFunction {
  const fault = 'revoked()'
  const handler: HandlerFunction = ({ session }) => {
    if (session.user !== undefined) authorization.revokeAccess(session.user)
    return deliverThrough(reply.err('the access token was revoked', { code: 'AUTH' }), async function* (steps) {
      yield { type: 'fault', name: fault }
      yield* steps
      yield { type: 'close' }
    })
  }
  return Object.assign(handler, { fault })
}
