/** What XOAUTH2 and OAUTHBEARER share: `key=value` fields, each ended by ^A and all of them by another, and the bearer token in one. */
import { checkedPart, malformed } from './message.ts'

/** What ends a field, and all of them (RFC 7628 section 3.1). */
export const SEPARATOR = '\x01'

const FIELD = /^([A-Za-z]+)=(.*)$/s
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
  const fields = parts.map((part) => FIELD.exec(part))
  if (ends.join(SEPARATOR) !== SEPARATOR || fields.includes(null)) {
    throw malformed(what, 'fields "key=value", each ended by ^A, and ^A behind them')
  }
  return new Map(fields.map((field) => [field?.[1] ?? '', field?.[2] ?? '']))
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
