/** The languages that a server can talk (LANG, RFC 6856 section 3.2). */
import { encodeText, excerptOf, Pop3ArgumentError, Pop3ProtocolError } from '@pop3kit/codec'
import { type Request, request } from './request.ts'

/** A language, as a server tells of it. */
export interface Pop3Language {
  /** The language tag of RFC 5646: `en`, `de-CH`. */
  readonly tag: string
  /** What the server says about it, in that language; it may be empty. */
  readonly description: string
}

/** LANG with a tag. */
export function languageRequest(tag: string): Request {
  if (/^(?:\*|[A-Za-z0-9-]+)$/.test(tag)) return request('LANG', [tag])
  throw new Pop3ArgumentError('Cannot send LANG: expected a language tag such as "en", or "*"')
}

/** Parses a row of LANG, and the reply to LANG with a tag: the tag, perhaps a description behind it. */
export function parseLanguage(line: string, { offset }: { readonly offset: number }): Pop3Language {
  const [, tag, description = ''] = /^ *([^ ]+)(?: +(.*))?$/s.exec(line) ?? []
  if (tag !== undefined) return { tag, description }
  const excerpt = excerptOf(encodeText(line))
  throw new Pop3ProtocolError(`Cannot read the language "${excerpt}" at offset ${offset}: expected a tag`, {
    offset,
    excerpt,
  })
}
