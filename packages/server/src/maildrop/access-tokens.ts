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

/** The access tokens of a maildrop. */
export class AccessTokens {
  readonly #now: () => number
  readonly #verifier: TokenVerifier | undefined
  #offered: boolean
  /** When each ends. */
  readonly #expiry = new Map<string, number>()

  constructor(init: AccessTokensInit | undefined, now: () => number) {
    this.#now = now
    this.#offered = init !== undefined
    this.#verifier = typeof init === 'function' ? init : undefined
    for (const token of typeof init === 'function' ? [] : (init ?? [])) {
      if (typeof token === 'string') this.#expiry.set(token, Infinity)
      else this.#expiry.set(token.token, token.expiresAt)
    }
  }

  /** Whether XOAUTH2 and OAUTHBEARER are offered: tokens were given, if only an empty list of them, or one was granted. */
  get offered(): boolean {
    return this.#offered
  }

  /**
   * Adds a token.
   *
   * @param expiresIn How long it holds, on the server's clock; without it for ever.
   * @throws {Pop3ArgumentError} When the token is not visible ASCII (RFC 6750 section 2.1), or the duration is none.
   */
  grant(token: string, { expiresIn }: { readonly expiresIn?: Duration | undefined } = {}): void {
    if (!/^[!-~]+$/.test(token)) {
      throw new Pop3ArgumentError(
        'Cannot grant the access token: expected visible ASCII and no blanks (RFC 6750 section 2.1)',
      )
    }
    this.#offered = true
    this.#expiry.set(token, expiresIn === undefined ? Infinity : this.#now() + parseDuration(expiresIn))
  }

  /** Takes a token back. Sessions that it has let in go on. */
  revoke(token: string): void {
    this.#expiry.delete(token)
  }

  /** Whether a token is good at this moment. */
  async accepts(token: string, now: number): Promise<boolean> {
    const expiry = this.#expiry.get(token)
    if (expiry !== undefined) return now < expiry
    return (await this.#verifier?.(token)) ?? false
  }
}
