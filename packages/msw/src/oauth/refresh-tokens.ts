/** Refresh tokens (RFC 6749 section 6), and what becomes of one that is used. */
import type { Refusal, RefreshTokenRule } from '../issuers/issuer.ts'

/** What a refresh token stands for. */
export interface Permitted {
  readonly user: string
  readonly scope: string
}

/** The refresh tokens that were given out. */
export class RefreshTokens {
  readonly #rule: RefreshTokenRule
  readonly #make: () => string
  readonly #tokens = new Map<string, Permitted & { isRevoked: boolean }>()

  constructor(rule: RefreshTokenRule, make: () => string) {
    this.#rule = rule
    this.#make = make
  }

  /** Knows a token from now on. */
  keep(token: string, permitted: Permitted): void {
    this.#tokens.set(token, { ...permitted, isRevoked: false })
  }

  /** Makes a token. */
  give(permitted: Permitted): string {
    const token = this.#make()
    this.keep(token, permitted)
    return token
  }

  /** Uses a token; gives what it stands for, and the one that takes its place, or says what is wrong. */
  use(token: string | undefined): (Permitted & { readonly refreshToken: string | undefined }) | Refusal {
    if (token === undefined) return { reason: 'parameter.missing', value: 'refresh_token' }
    const known = this.#tokens.get(token)
    if (known === undefined) return { reason: 'refresh.unknown' }
    if (known.isRevoked) return { reason: 'refresh.revoked' }
    known.isRevoked = this.#rule === 'rotated'
    const { user, scope } = known
    return { user, scope, refreshToken: this.#rule === 'kept' ? undefined : this.give({ user, scope }) }
  }

  /** Takes back all tokens of a user. */
  revoke(user: string): void {
    for (const token of this.#tokens.values()) token.isRevoked ||= token.user === user
  }

  clear(): void {
    this.#tokens.clear()
  }
}
