/** POP URLs: `pop://user;AUTH=mechanism@host:port` (RFC 2384; R96 to R98). */
import { Pop3ArgumentError } from './errors.ts'
import { breaksLine } from './octets.ts'

const DEFAULT_PORT = 110
const MAX_PORT = 65_535

/** What a POP URL says. */
export interface PopUrl {
  /** The user name. */
  readonly user?: string | undefined
  /**
   * How to log in: `+APOP`, a SASL mechanism, or `*` for whatever the client finds best. `*` is implied by a user name. A
   * named mechanism should not be replaced silently (R97).
   */
  readonly auth?: string | undefined
  /** The host: a name or an address; an IPv6 address is without its brackets here. */
  readonly host: string
  /** The port. */
  readonly port: number
}

const GRAMMAR = new RegExp(
  [
    String.raw`^pop://`,
    String.raw`(?:(?<user>[^:@;/?#]*)(?:;auth=(?<auth>[^:@;/?#]+))?@)?`,
    String.raw`(?:\[(?<address>[\da-f:.]+)\]|(?<name>[^:@;/?#[\]\s]+))`,
    String.raw`(?::(?<port>\d+))?$`,
  ].join(''),
  'i',
)

/**
 * Parses a POP URL. It has no password and no path.
 *
 * @throws {@link Pop3ArgumentError} when it is none, or when the user name or the mechanism holds a CR, LF or NUL once it
 * is decoded (R98). The message never quotes the URL, because people do put passwords there.
 *
 * @example Parse a POP URL
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parsePopUrl } from '@pop3kit/codec'
 *
 * assert.deepEqual(parsePopUrl('pop://rg;AUTH=+APOP@mail.example.com:8110'), {
 *   user: 'rg',
 *   auth: '+APOP',
 *   host: 'mail.example.com',
 *   port: 8110,
 * })
 * ```
 */
export function parsePopUrl(url: string): PopUrl {
  const { user = '', auth, address, name, port } = GRAMMAR.exec(url)?.groups ?? {}
  const host = address ?? name
  if (host === undefined) {
    throw new Pop3ArgumentError(
      'Cannot parse the POP URL: expected "pop://user;AUTH=mechanism@host:port" and no password',
    )
  }
  return {
    user: user === '' ? undefined : decode(user, 'user name'),
    auth: auth === undefined ? impliedAuth(user) : decode(auth, 'mechanism'),
    host,
    port: port === undefined ? DEFAULT_PORT : checkedPort(Number(port)),
  }
}

/**
 * Formats a POP URL; the default port and the mechanism that is implied are left out.
 *
 * @throws {@link Pop3ArgumentError} when a part holds what cannot stand in a URL.
 *
 * @example Format a POP URL
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatPopUrl } from '@pop3kit/codec'
 *
 * assert.equal(formatPopUrl({ host: '127.0.0.1', port: 49152 }), 'pop://127.0.0.1:49152')
 * assert.equal(formatPopUrl({ user: 'a b', auth: '+APOP', host: '::1', port: 110 }), 'pop://a%20b;AUTH=+APOP@[::1]')
 * ```
 */
export function formatPopUrl({ user = '', auth = impliedAuth(user), host, port }: PopUrl): string {
  const mechanism = auth === impliedAuth(user) ? '' : `;AUTH=${encode(auth ?? '', 'mechanism')}`
  const login = encode(user, 'user name') + mechanism
  const address = host.includes(':') ? `[${host}]` : host
  const url = `pop://${login === '' ? '' : `${login}@`}${address}`
  if (!GRAMMAR.test(url)) {
    throw new Pop3ArgumentError(
      'Cannot format the POP URL: expected a name or an address as host, and no empty mechanism',
    )
  }
  return checkedPort(port) === DEFAULT_PORT ? url : `${url}:${port}`
}

/** R97: whoever names a user wants to log in, no matter how. */
function impliedAuth(user: string): string | undefined {
  return user === '' ? undefined : '*'
}

function checkedPort(port: number): number {
  if (Number.isInteger(port) && port >= 1 && port <= MAX_PORT) return port
  throw new Pop3ArgumentError(`Cannot use ${port} as the port of a POP URL: expected 1 to ${MAX_PORT}`)
}

/** R98: a CR or LF that hides in a URL would end the command it is put into. */
function checked(text: string, what: string): string {
  if (!breaksLine(text)) return text
  throw new Pop3ArgumentError(`Cannot use the ${what} of a POP URL: expected no CR, LF or NUL in it`)
}

function decode(text: string, what: string): string {
  const decoded = orRefused(() => decodeURIComponent(text), what)
  return checked(decoded, what)
}

/** "+" may stand for itself, and does in "+APOP". */
function encode(text: string, what: string): string {
  checked(text, what)
  return orRefused(() => encodeURIComponent(text), what).replaceAll('%2B', '+')
}

/** What is not UTF-8 is a URIError of the platform. */
function orRefused(convert: () => string, what: string): string {
  try {
    return convert()
  } catch (cause) {
    throw new Pop3ArgumentError(`Cannot use the ${what} of a POP URL: expected UTF-8, percent-encoded`, { cause })
  }
}
