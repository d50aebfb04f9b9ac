/** Authorization codes (RFC 6749 section 4.1), with proof keys (RFC 7636). */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { createHash } from 'node:crypto'
import type { Refusal } from '../issuers/issuer.ts'
import { type TokenRequest, given } from './token-request.ts'

/** What a user consented to. */
export interface Consent {
  readonly user: string
  /** What the application asked for at the authorization endpoint. */
  readonly authorization: URLSearchParams
}

/** A code is good for ten minutes, as RFC 6749 section 4.1.2 recommends (ms). */
const lifetime = 600_000

/** The codes that were given out. */
export class AuthorizationCodes {
  readonly #codes = new Map<string, Consent & { readonly expiresAt: number; isUsed: boolean }>()

  /** Keeps a code, and gives the URL that the browser would go back to. */
  give(code: string, consent: Consent, now: number): string {
    const redirectUri = given(consent.authorization, 'redirect_uri')
    if (redirectUri === undefined || !URL.canParse(redirectUri)) {
      throw new Pop3ArgumentError('Cannot consent: expected the URL of an authorization endpoint with a redirect_uri')
    }
    this.#codes.set(code, { ...consent, expiresAt: now + lifetime, isUsed: false })
    const callback = new URL(redirectUri)
    callback.searchParams.set('code', code)
    const state = given(consent.authorization, 'state')
    if (state !== undefined) callback.searchParams.set('state', state)
    return callback.href
  }

  /** Takes a code back for what it was given for, or says what is wrong. */
  redeem({ parameters }: TokenRequest, now: number): Consent | Refusal {
    const code = given(parameters, 'code')
    if (code === undefined) return { reason: 'parameter.missing', value: 'code' }
    const known = this.#codes.get(code)
    if (known === undefined || known.expiresAt <= now) return { reason: 'code.unknown' }
    if (known.isUsed) return { reason: 'code.used' }
    const redirectUri = given(parameters, 'redirect_uri')
    if (redirectUri !== given(known.authorization, 'redirect_uri'))
      return { reason: 'code.redirect', value: redirectUri }
    if (!isProved(known.authorization, given(parameters, 'code_verifier'))) return { reason: 'code.verifier' }
    known.isUsed = true
    return known
  }

  clear(): void {
    this.#codes.clear()
  }
}

/** Whether who redeems the code is who asked for it (RFC 7636 section 4.6). */
function isProved(authorization: URLSearchParams, verifier: string | undefined): boolean {
  const challenge = given(authorization, 'code_challenge')
  if (challenge === undefined || verifier === undefined) return challenge === verifier
  if (authorization.get('code_challenge_method') !== 'S256') return verifier === challenge
  return createHash('sha256').update(verifier).digest('base64url') === challenge
}
