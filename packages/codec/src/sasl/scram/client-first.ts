/** The first message of SCRAM, the client's: who wants to log in, and a nonce (RFC 5802 section 7). */
import { encodeText } from '../../octets.ts'
import { formatGs2Header, parseGs2Header } from '../gs2-header.ts'
import { malformed, parseText } from '../message.ts'
import { escapeName, NAME, unescapeName } from '../name.ts'
import { checkedNonce, EXTENSIONS, NONCE } from './attributes.ts'

/** What a client says first. */
export interface ScramClientFirst {
  /** The identity to act as; without it, the one that belongs to `user`. */
  readonly authzid?: string | undefined
  /** The user name. */
  readonly user: string
  /** The nonce of the client: visible ASCII without a comma, different in every exchange. */
  readonly nonce: string
}

/** What a server has understood of the first message. */
export interface ReceivedScramClientFirst extends ScramClientFirst {
  /** How the message began: the last message of the client says it again. */
  readonly gs2Header: string
}

const GRAMMAR = new RegExp(`^n=(?<name>${NAME}),r=(?<nonce>${NONCE})${EXTENSIONS}$`)

/**
 * Formats the first message of a client that knows no channel binding.
 *
 * @throws {@link Pop3ArgumentError} when a name is empty or holds a NUL, or the nonce is none. It shows neither.
 *
 * @example Begin a SCRAM exchange
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, formatScramClientFirst } from '@pop3kit/codec'
 *
 * const message = formatScramClientFirst({ user: 'a,b', nonce: 'fyko+d2lbbFgONRv9qkxdawL' })
 * assert.equal(decodeText(message), 'n,,n=a=2Cb,r=fyko+d2lbbFgONRv9qkxdawL')
 * ```
 */
export function formatScramClientFirst({ authzid, user, nonce }: ScramClientFirst): Uint8Array {
  return encodeText(`${formatGs2Header(authzid)}n=${escapeName(user)},r=${checkedNonce(nonce)}`)
}

/**
 * Parses the first message of a client.
 *
 * @throws {@link Pop3ProtocolError} when it is none, wants channel binding, or has an extension that is mandatory (`m=`). It shows
 * nothing of the message.
 *
 * @example Read who wants to log in
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, parseScramClientFirst } from '@pop3kit/codec'
 *
 * assert.deepEqual(parseScramClientFirst(encodeText('n,a=ben,n=a=2Cb,r=fyko+d2lbbFgONRv9qkxdawL')), {
 *   gs2Header: 'n,a=ben,',
 *   authzid: 'ben',
 *   user: 'a,b',
 *   nonce: 'fyko+d2lbbFgONRv9qkxdawL',
 * })
 * ```
 */
export function parseScramClientFirst(octets: Uint8Array): ReceivedScramClientFirst {
  const what = 'SCRAM client-first message'
  const { header: gs2Header, authzid, rest } = parseGs2Header(parseText(octets, what), what)
  const { name, nonce } = GRAMMAR.exec(rest)?.groups ?? {}
  if (name === undefined || nonce === undefined) throw malformed(what, '"n=" and a name, and "r=" and a nonce')
  return { gs2Header, authzid, user: unescapeName(name), nonce }
}
