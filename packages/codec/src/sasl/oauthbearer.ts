/** OAUTHBEARER: the login with an access token (RFC 7628; R88). */
import { Pop3ArgumentError } from '../errors.ts'
import { encodeText } from '../octets.ts'
import { formatBearer, formatFields, parseBearer, parseFields, SEPARATOR } from './bearer.ts'
import { formatGs2Header, parseGs2Header } from './gs2-header.ts'
import { checkedPart, malformed, parseText } from './message.ts'

/** What a client says with OAUTHBEARER. */
export interface OauthBearerCredentials {
  /** The user name; without it, the one that the token belongs to. */
  readonly user?: string | undefined
  /** The access token, without the word "Bearer". */
  readonly accessToken: string
  /** The host that the client connected to. */
  readonly host?: string | undefined
  /** The port that the client connected to. */
  readonly port?: number | undefined
}

const MAX_PORT = 65_535

/**
 * Formats the message of OAUTHBEARER: a header with the user name, and host, port and token as fields that ^A ends.
 *
 * @throws {@link Pop3ArgumentError} when a part cannot stand in the message. It shows none.
 *
 * @example Log in with an access token
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, formatOauthBearer } from '@pop3kit/codec'
 *
 * const message = formatOauthBearer({ user: 'user@example.com', accessToken: 'vF9dft4qmT', host: 'h.example.com', port: 995 })
 * assert.equal(
 *   decodeText(message),
 *   'n,a=user@example.com,\x01host=h.example.com\x01port=995\x01auth=Bearer vF9dft4qmT\x01\x01',
 * )
 * ```
 */
export function formatOauthBearer({ user, accessToken, host, port }: OauthBearerCredentials): Uint8Array {
  const fields = formatFields({
    host: host === undefined ? undefined : checkedPart(host, /^[!-~]+$/, 'host', 'visible ASCII'),
    port: port === undefined ? undefined : checkedPort(port),
    auth: formatBearer(accessToken),
  })
  return encodeText(formatGs2Header(user) + SEPARATOR + fields)
}

/**
 * Parses the message of OAUTHBEARER; fields that it does not know are ignored (R88).
 *
 * @throws {@link Pop3ProtocolError} when it is none, or wants channel binding. It shows nothing of the message. The ^A that a client
 * sends when it has been told that it failed (R89) is none, either.
 *
 * @example Read who wants to log in
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, parseOauthBearer } from '@pop3kit/codec'
 *
 * const message = encodeText('n,a=user@example.com,\x01host=h.example.com\x01port=995\x01auth=Bearer vF9dft4qmT\x01\x01')
 * assert.deepEqual(parseOauthBearer(message), {
 *   user: 'user@example.com',
 *   accessToken: 'vF9dft4qmT',
 *   host: 'h.example.com',
 *   port: 995,
 * })
 * ```
 */
export function parseOauthBearer(octets: Uint8Array): OauthBearerCredentials {
  const what = 'OAUTHBEARER message'
  const { authzid: user, rest } = parseGs2Header(parseText(octets, what), what)
  if (!rest.startsWith(SEPARATOR)) throw malformed(what, '^A behind its header')
  const fields = parseFields(rest.slice(SEPARATOR.length), what)
  const accessToken = parseBearer(fields.get('auth'), what)
  return { user, accessToken, host: fields.get('host'), port: parsePort(fields.get('port'), what) }
}

function checkedPort(port: number): string {
  if (isPort(port)) return String(port)
  throw new Pop3ArgumentError(`Cannot send the port ${port}: expected 1 to ${MAX_PORT}`)
}

function parsePort(text: string | undefined, what: string): number | undefined {
  if (text === undefined) return undefined
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (isPort(port)) return port
  throw malformed(what, `a port from 1 to ${MAX_PORT}`)
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= MAX_PORT
}
