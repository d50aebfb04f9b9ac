/** What XOAUTH2 and OAUTHBEARER share: `key=value` fields, each ended by ^A and all of them by another, and the bearer token in one. */
import { checkedPart, malformed } from './message.ts'

/** What ends a field, and all of them (RFC 7628 section 3.1). */
export const SEPARATOR = '\x01'

const FIELD = /^[A-Za-z]+=/
const BEARER = /^Bearer +([!-~]+)$/i

/** Formats the fields that have a value. */
export function formatFields(fields: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return [...given.map(([key, value]) => `${key}=${value}`), '', ''].join(SEPARATOR)
}

/** The fields by their keys, of which nobody need know all (R88). */
export function parseFields(text: string, what: string): ReadonlyMap<string, string> {
  const parts = text.split(SEPARATOR)
  const ends = parts.splice(-2)
  if (ends.join(SEPARATOR) !== SEPARATOR || !parts.every((part) => FIELD.test(part))) {
    throw malformed(what, 'fields "key=value", each ended by ^A, and ^A behind them')
  }
  return new Map(parts.map(splitField))
}

/** The value of the field `auth` (RFC 6750 section 2.1). */
export function formatBearer(accessToken: string): string {
  return `Bearer ${checkedPart(accessToken, /^[!-~]+$/, 'access token', 'visible ASCII')}`
}

/** The access token in the value of the field `auth`. */
export function parseBearer(value: string | undefined, what: string): string {
  const [, accessToken] = BEARER.exec(value ?? '') ?? []
  if (accessToken === undefined) throw malformed(what, 'a field "auth=Bearer" with an access token of visible ASCII')
  return accessToken
}

/** An equals sign more belongs to the value. */
function splitField(field: string): [string, string] {
  const equals = field.indexOf('=')
  return [field.slice(0, equals), field.slice(equals + 1)]
}
