/**
 * How Dovecot takes command lines apart. Two processes do it, each in its own way: pop3-login up to the login, and then pop3 (RFC 1939
 * section 3).
 */
import { type Command, decodeLatin1, decodeText } from '@pop3kit/codec'
import type { LineLimit, PersonaGrammar, PersonaState } from './persona.ts'

const nul = 0x00
const lf = 0x0a
const cr = 0x0d
const space = 0x20

/** No keyword of the login process is longer: it takes what is longer for a keyword and its argument. */
const keywordOctets = 8

/** Octets behind a keyword that the login process holds, with the line end. */
const argumentOctets = 1026

/** Octets of a SASL message in base64, with the line end. */
const saslOctets = 8193

export const dovecotLines: Pick<PersonaGrammar, 'line' | 'response'> = {
  line: { AUTHORIZATION: loginLimit, TRANSACTION: { octets: 2048, longer: 'reset' } },
  response: { octets: saslOctets, longer: 'drop' },
}

export function dovecotCommand(line: Uint8Array, state: PersonaState): Omit<Command, 'offset'> {
  return { ...(state === 'AUTHORIZATION' ? loginCommand(line) : mailCommand(line)), octets: line }
}

/** As C sees text: up to the first NUL. */
export function cString(text: string): string {
  return text.split('\0', 1)[0] ?? ''
}

function loginCommand(line: Uint8Array): Pick<Command, 'verb' | 'argument'> {
  const { keyword, end } = keywordOf(line)
  return { verb: upperCase(keyword), argument: decodeText(line.subarray(end)) }
}

/** The keyword at the start of a line, CRs left out, and where its argument begins. */
function keywordOf(line: Uint8Array): { readonly keyword: string; readonly end: number } {
  let keyword = ''
  for (const [at, octet] of line.entries()) {
    if (octet === space) return { keyword, end: at + 1 }
    if (octet === nul || octet === lf || at === keywordOctets) return { keyword, end: at }
    if (octet !== cr) keyword += String.fromCodePoint(octet)
  }
  return { keyword, end: line.length }
}

/** A mechanism is read on its own, and an initial response behind it may be long. */
function loginLimit(beginning: Uint8Array): LineLimit {
  const { keyword, end } = keywordOf(beginning)
  const mechanism = upperCase(keyword) === 'AUTH' ? beginning.subarray(end) : undefined
  const length = mechanism?.findIndex((octet) => octet === space || octet === cr || octet === lf) ?? -1
  if (length === -1 || length > argumentOctets) return { octets: end + argumentOctets, longer: 'reset' }
  return { octets: end + length + 1 + saslOctets, longer: 'drop' }
}

/** What it refuses it says again, octet by octet. */
function mailCommand(line: Uint8Array): Pick<Command, 'verb' | 'argument'> {
  const [, keyword = '', argument = ''] = /^([^ ]*) *(.*)$/s.exec(cString(decodeLatin1(line))) ?? []
  return { verb: upperCase(keyword), argument }
}

/** Of ASCII alone. */
function upperCase(text: string): string {
  return text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())
}
