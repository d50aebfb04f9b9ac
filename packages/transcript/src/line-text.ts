/** A line of a session as text: what cannot be seen or is not UTF-8 is escaped, and so is a missing line end. */
import { concatOctets, decodeLatin1, encodeLatin1, encodeText } from '@pop3kit/codec'

const lineEnd = encodeLatin1('\r\n')

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** What has an escape of its own. */
const escapes = new Map([
  ['\\', '\\\\'],
  ['\r', '\\r'],
  ['\n', '\\n'],
])

/** What a reader would not see, or not tell from something else; a blank at the end of a line is lost in many an editor. */
const unseen = /\\|[ \t]$|(?![ \t])[\p{C}\p{Z}]/gu
const unseenOctet = /\\|[ \t]$|[^ \t\x21-\x7e]/g

/** The lines of a piece, each with its CRLF; the last one perhaps without. */
export function linesOf(octets: Uint8Array): Uint8Array[] {
  return (decodeLatin1(octets).match(/[^]*?\r\n|[^]+$/g) ?? []).map(encodeLatin1)
}

/** One line as text. Without CRLF at its end it ends with a backslash. */
export function formatLine(octets: Uint8Array): string {
  const text = decodeLatin1(octets.subarray(-lineEnd.length))
  return text === '\r\n' ? visible(octets.subarray(0, -lineEnd.length)) : `${visible(octets)}\\`
}

/** Text as octets, or the column of an escape that is none, counted from 0. */
export function parseLine(text: string): Uint8Array | { readonly column: number } {
  const parts: Uint8Array[] = []
  for (let at = 0; at < text.length;) {
    const next = text.indexOf('\\', at)
    parts.push(encodeText(text.slice(at, next === -1 ? text.length : next)))
    if (next === -1) break
    if (next === text.length - 1) return concatOctets(parts)
    const escape = /^\\(?:[\\rn]|x[\da-fA-F]{2})/.exec(text.slice(next, next + 4))?.[0]
    if (escape === undefined) return { column: next }
    parts.push(unescaped(escape))
    at = next + escape.length
  }
  return concatOctets([...parts, lineEnd])
}

function unescaped(escape: string): Uint8Array {
  if (escape.startsWith('\\x')) return Uint8Array.of(Number.parseInt(escape.slice(2), 16))
  return encodeLatin1([...escapes].find(([, written]) => written === escape)?.[0] ?? '')
}

function visible(octets: Uint8Array): string {
  try {
    return utf8.decode(octets).replaceAll(unseen, (character) => escaped(character, encodeText(character)))
  } catch {
    return decodeLatin1(octets).replaceAll(unseenOctet, (character) => escaped(character, encodeLatin1(character)))
  }
}

function escaped(character: string, octets: Uint8Array): string {
  const hex = (octet: number): string => `\\x${octet.toString(16).padStart(2, '0')}`
  return escapes.get(character) ?? Array.from(octets, hex).join('')
}
