/** Excerpts of what the peer sent, fit to be printed in an error message. */
import { decodeLatin1 } from './octets.ts'

const MAX_CHARACTERS = 60

const ESCAPES: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\\': '\\\\' }

/**
 * The beginning of what a peer sent, fit for an error message: at most about 60 characters, everything but visible ASCII and SP
 * is escaped, and "..." says that there is more.
 *
 * @example Quote what came
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, excerptOf } from '@pop3kit/codec'
 *
 * assert.equal(excerptOf(encodeText('220 mail\u0000\r\n')), '220 mail\\x00\\r\\n')
 * ```
 */
export function excerptOf(octets: Uint8Array): string {
  let excerpt = ''
  for (const character of decodeLatin1(octets.subarray(0, MAX_CHARACTERS + 1))) {
    const printable = /[\x20-\x5b\x5d-\x7e]/.test(character) ? character : escapeCharacter(character)
    if (excerpt.length + printable.length > MAX_CHARACTERS) return `${excerpt}...`
    excerpt += printable
  }
  return excerpt
}

function escapeCharacter(character: string): string {
  return ESCAPES[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
