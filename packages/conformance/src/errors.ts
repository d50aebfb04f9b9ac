/** Why a server cannot be checked at all. */
import { Pop3Error } from '@pop3kit/codec'

/**
 * The suite could not run: no connection, no TLS, no greeting, or no login.
 *
 * @example Tell a server that cannot be checked from one that fails
 * ```ts
 * import assert from 'node:assert/strict'
 * import { checkServer, CheckServerError } from '@pop3kit/conformance'
 *
 * const connect = () => Promise.reject(new Error('no route'))
 * await assert.rejects(checkServer({ host: 'pop.example.com', user: 'alice', password: 'wonderland', connect }), (error) => {
 *   return error instanceof CheckServerError && error.message === 'Cannot check pop.example.com:110: no route'
 * })
 * ```
 */
export class CheckServerError extends Pop3Error {
  /** Always `POP3_CHECK`. */
  declare readonly code: 'POP3_CHECK'

  static {
    Object.defineProperty(this.prototype, 'name', { value: 'CheckServerError', configurable: true, writable: true })
  }

  /**
   * @param where - the server
   * @param reason - what did not go well; no secret is in it
   * @param options - `cause`, as of any `Error`
   */
  constructor(where: { readonly host: string; readonly port: number }, reason: string, options?: ErrorOptions) {
    super('POP3_CHECK', `Cannot check ${where.host}:${where.port}: ${reason}`, options)
  }
}
