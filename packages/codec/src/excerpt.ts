/** Excerpts of what the peer sent, fit to be printed in an error message. */
import { decodeLatin1 } from './octets.ts'

const MAX_CHARACTERS = 60

const ESCAPES: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\\': '\\\\' }

/** The beginning, printable: everything but visible ASCII and SP is escaped; "..." when there is more. */
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
