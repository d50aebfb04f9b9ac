/** The access tokens of a maildrop (RFC 6750), with their expiry on the server's clock. */
import { type Duration, Pop3ArgumentError, parseDuration } from '@pop3kit/codec'

/** An access token that ends. */
export interface ExpiringToken {
  /** The token itself. */
  readonly token: string
  /** From when on it is refused, in milliseconds since the epoch by the server's clock. */
  readonly expiresAt: number
}

/** Whether a token is good, asked each time it is used. */
export type TokenVerifier = (token: string) => boolean | Promise<boolean>

/** What lets XOAUTH2 and OAUTHBEARER in: a list of tokens, or a function that knows. */
export type AccessTokensInit = readonly (string | ExpiringToken)[] | TokenVerifier

/** What an access token comes to: it opens the maildrop, it is none, or it is one for something else than mail (RFC 6750 section 3.1). */
export type TokenVerdict = 'accepted' | 'invalid_token' | 'insufficient_scope'

/** What a token is granted with. */
export interface TokenGrant {
  /** How long it holds, on the server's clock; without it for ever. */
  readonly expiresIn?: Duration | undefined
  /** `missing`: it is a good token, but not for mail. @default {'granted'} */
  readonly scope?: 'granted' | 'missing' | undefined
}

/** The access tokens of a maildrop. */
export class AccessTokens {
  readonly #now: () => number
  readonly #verifier: TokenVerifier | undefined
  #offered: boolean
  readonly #tokens = new Map<string, { readonly expiresAt: number; readonly verdict: TokenVerdict }>()

  constructor(init: AccessTokensInit | undefined, now: () => number) {
    this.#now = now
    this.#offered = init !== undefined
    this.#verifier = typeof init === 'function' ? init : undefined
    for (const token of typeof init === 'function' ? [] : (init ?? [])) {
      const { token: text, expiresAt } = typeof token === 'string' ? { token, expiresAt: Infinity } : token
      this.#tokens.set(text, { expiresAt, verdict: 'accepted' })
    }
  }

  /** Whether XOAUTH2 and OAUTHBEARER are offered: tokens were given, if only an empty list of them, or one was granted. */
  get offered(): boolean {
    return this.#offered
  }

  /** The tokens that were given or granted and not taken back, expired ones included. */
  get tokens(): readonly string[] {
    return [...this.#tokens.keys()]
  }

  /**
   * Adds a token.
   *
   * @throws {Pop3ArgumentError} When the token is not visible ASCII (RFC 6750 section 2.1), or the duration is none.
   */
  grant(token: string, { expiresIn, scope = 'granted' }: TokenGrant = {}): void {
    if (!/^[!-~]+$/.test(token)) {
      throw new Pop3ArgumentError(
        'Cannot grant the access token: expected visible ASCII and no blanks (RFC 6750 section 2.1)',
      )
    }
    this.#offered = true
    this.#tokens.set(token, {
      expiresAt: expiresIn === undefined ? Infinity : this.#now() + parseDuration(expiresIn),
      verdict: scope === 'granted' ? 'accepted' : 'insufficient_scope',
    })
  }

  /** Takes a token back. Sessions that it has let in go on. */
  revoke(token: string): void {
    this.#tokens.delete(token)
  }

  /** What a token comes to at this moment. */
  async judge(token: string, now: number): Promise<TokenVerdict> {
    const known = this.#tokens.get(token)
    if (known !== undefined) return now < known.expiresAt ? known.verdict : 'invalid_token'
    return (await this.#verifier?.(token)) === true ? 'accepted' : 'invalid_token'
  }
}
