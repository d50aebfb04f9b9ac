/** Access tokens of Google for an account whose user has consented. */

export interface Account {
  readonly user: string
  readonly clientId: string
  readonly clientSecret: string
  readonly refreshToken: string
}

interface Answer {
  readonly access_token: string
  /** In seconds. */
  readonly expires_in: number
  /** Instead of the others, when there is no token. */
  readonly error?: string
}

/** The user has to consent again. */
export class ConsentError extends Error {
  override readonly name = 'ConsentError'
}

// #region token
/** Keeps an access token for as long as it holds. */
export class AccessToken {
  readonly #account: Account
  #token = ''
  #expiresAt = 0

  constructor(account: Account) {
    this.#account = account
  }

  async value(): Promise<string> {
    if (Date.now() >= this.#expiresAt) await this.#refresh()
    return this.#token
  }

  /** What is kept was refused. */
  forget(): void {
    this.#expiresAt = 0
  }

  async #refresh(): Promise<void> {
    const { clientId, clientSecret, refreshToken } = this.#account
    const response = await fetch('https://oauth2.googleapis.com/token', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: clientId,
        client_secret: clientSecret,
      }),
    })
    const answer: Answer = await response.json()
    if (answer.error === 'invalid_grant') throw new ConsentError(`${this.#account.user} has to consent again`)
    if (!response.ok) throw new Error(`Google gives no access token: ${response.status} ${answer.error}`)
    this.#token = answer.access_token
    this.#expiresAt = Date.now() + answer.expires_in * 1000
  }
}
// #endregion
