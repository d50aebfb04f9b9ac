/** Octets: the constants of the wire, and the two ways between octets and text (RFC 1939 section 3, RFC 6856). */
import { Pop3ArgumentError } from './errors.ts'

export const NUL = 0x00
export const LF = 0x0a
export const CR = 0x0d
export const DOT = 0x2e

/** No octets at all; shared, because a view of nothing cannot be changed. */
export const NO_OCTETS: Uint8Array = new Uint8Array(0)

export const CRLF: Uint8Array = /* @__PURE__ */ encodeLatin1('\r\n')

/**
 * Puts pieces together. When all but one are empty, that one comes back as it is, without a copy.
 *
 * @example Put the pieces of a body together
 * ```ts
 * import assert from 'node:assert/strict'
 * import { concatOctets, decodeText, encodeText } from '@pop3kit/codec'
 *
 * assert.equal(decodeText(concatOctets([encodeText('Hello '), encodeText('there')])), 'Hello there')
 * ```
 */
export function concatOctets(pieces: readonly Uint8Array[]): Uint8Array {
  const filled = pieces.filter((piece) => piece.length > 0)
  const [first = NO_OCTETS] = filled
  if (filled.length <= 1) return first
  const whole = new Uint8Array(filled.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of filled) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const utf8Encoder = /* @__PURE__ */ new TextEncoder()
const utf8Decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Octets of text as UTF-8.
 *
 * @example Encode a password that is not ASCII
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText } from '@pop3kit/codec'
 *
 * assert.deepEqual([...encodeText('é')], [0xc3, 0xa9])
 * ```
 */
export function encodeText(text: string): Uint8Array {
  return utf8Encoder.encode(text)
}

/**
 * Text of octets: UTF-8 when they are valid UTF-8, else Latin-1, so that no octet is lost and none is an error
 * (M14: real servers send 8-bit octets and NULs in status lines).
 *
 * @example Decode what is UTF-8 and what is not
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText } from '@pop3kit/codec'
 *
 * assert.equal(decodeText(Uint8Array.of(0xc3, 0xa9)), 'é')
 * assert.equal(decodeText(Uint8Array.of(0xe9)), 'é')
 * ```
 */
export function decodeText(octets: Uint8Array): string {
  try {
    return decodeUtf8(octets)
  } catch {
    return decodeLatin1(octets)
  }
}

/** Text of octets that have to be UTF-8; a TypeError of the platform when they are not. */
export function decodeUtf8(octets: Uint8Array): string {
  return utf8Decoder.decode(octets)
}

/** `String.fromCharCode` takes its arguments from the stack, which is finite. */
const CHARACTERS_A_CALL = 8192

/**
 * Text of octets, one character an octet. Not `TextDecoder('latin1')`, which is windows-1252.
 *
 * @example See every octet as a character
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeLatin1 } from '@pop3kit/codec'
 *
 * assert.equal(decodeLatin1(Uint8Array.of(0x2b, 0x4f, 0x4b, 0x80)), '+OK\u0080')
 * ```
 */
export function decodeLatin1(octets: Uint8Array): string {
  let text = ''
  for (let from = 0; from < octets.length; from += CHARACTERS_A_CALL) {
    text += String.fromCharCode(...octets.subarray(from, from + CHARACTERS_A_CALL))
  }
  return text
}

/**
 * Octets of text, one octet a character.
 *
 * @throws {@link Pop3ArgumentError} when a character is above U+00FF.
 *
 * @example Write a message down as text
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeLatin1 } from '@pop3kit/codec'
 *
 * assert.deepEqual([...encodeLatin1('\r\n\u00ff')], [13, 10, 255])
 * ```
 */
export function encodeLatin1(text: string): Uint8Array {
  const octets = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character > 0xff) {
      throw new Pop3ArgumentError(`Cannot encode the character at index ${at} as Latin-1: expected at most U+00FF`)
    }
    octets[at] = character
  }
  return octets
}

/** Octets as they are, or of text as UTF-8: what a secret may be given as. */
export function octetsOf(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? encodeText(value) : value
}

/** Octets as lower-case hexadecimal digits: what a digest is on the wire. */
export function encodeHex(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
}

/** Upper case of the ASCII letters alone: keywords of the protocol are ASCII, and "ſtat" is not STAT. */
export function upperCaseAscii(text: string): string {
  return text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase())
}

/** Whether text holds a CR, an LF or a NUL, which no line of the protocol can carry. */
export function breaksLine(text: string): boolean {
  return ['\r', '\n', '\0'].some((character) => text.includes(character))
}
