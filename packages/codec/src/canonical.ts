/** The canonical form of a message: every line ends with CRLF. Sizes are counted in it (RFC 1939 section 11, R29). */
import { positionAfter, type LinePosition } from './line-position.ts'
import { concatOctets, CR, CRLF, LF } from './octets.ts'
import { transformed, type OctetSource } from './octet-transform.ts'

/**
 * Makes a message canonical as it streams by: a bare LF becomes CRLF, a bare CR stays what it is, and a last line
 * without ending gets one. A chunk that is canonical comes back as it is.
 *
 * @example Make a file of a Unix system canonical
 * ```ts
 * import assert from 'node:assert/strict'
 * import { concatOctets, CrlfCanonicalizer, decodeText, encodeText } from '@pop3kit/codec'
 *
 * const canonicalizer = new CrlfCanonicalizer()
 * const pieces = [...canonicalizer.push(encodeText('one\ntwo\r')), ...canonicalizer.push(encodeText('\nthree'))]
 * assert.equal(decodeText(concatOctets([...pieces, ...canonicalizer.end()])), 'one\r\ntwo\r\nthree\r\n')
 * ```
 */
export class CrlfCanonicalizer {
  #position: LinePosition = 'start'

  /** Takes the next octets of the message. */
  push(chunk: Uint8Array): Uint8Array[] {
    const afterCr = this.#position === 'cr'
    this.#position = positionAfter(chunk, this.#position, 'lenient')
    return chunk.length === 0 ? [] : [withoutBareLf(chunk, afterCr)]
  }

  /** Ends the message: gives the CRLF that the last line lacks, if it does. An empty message has no line. */
  end(): Uint8Array[] {
    const pieces = this.#position === 'start' ? [] : [CRLF.slice()]
    this.#position = 'start'
    return pieces
  }
}

/**
 * A whole message in canonical form; the same object when it already is.
 *
 * @example Keep what is canonical
 * ```ts
 * import assert from 'node:assert/strict'
 * import { canonical, decodeText, encodeText } from '@pop3kit/codec'
 *
 * const message = encodeText('Subject: hello\r\n\r\nHello\r\n')
 * assert.equal(canonical(message), message)
 * assert.equal(decodeText(canonical(encodeText('Hello'))), 'Hello\r\n')
 * ```
 */
export function canonical(octets: Uint8Array): Uint8Array {
  const canonicalizer = new CrlfCanonicalizer()
  const pieces = [...canonicalizer.push(octets), ...canonicalizer.end()]
  return pieces.length === 0 ? octets : concatOctets(pieces)
}

/**
 * Makes a message from any source of chunks canonical, as fast as it is taken.
 *
 * @example Make a stream canonical
 * ```ts
 * import assert from 'node:assert/strict'
 * import { canonicalized, decodeText, encodeText } from '@pop3kit/codec'
 *
 * let message = ''
 * for await (const piece of canonicalized([encodeText('one\r'), encodeText('\ntwo\n')])) message += decodeText(piece)
 * assert.equal(message, 'one\r\ntwo\r\n')
 * ```
 */
export function canonicalized(source: OctetSource): AsyncGenerator<Uint8Array, void> {
  return transformed(source, new CrlfCanonicalizer())
}

/**
 * How many octets a whole message has in canonical form, counted without making it: the size that STAT and LIST give.
 *
 * @example Count the octets of a message
 * ```ts
 * import assert from 'node:assert/strict'
 * import { canonicalOctets, encodeText } from '@pop3kit/codec'
 *
 * assert.equal(canonicalOctets(encodeText('one\ntwo')), 10)
 * ```
 */
export function canonicalOctets(octets: Uint8Array): number {
  const end = positionAfter(octets, 'start', 'lenient') === 'start' ? 0 : CRLF.length
  return octets.length + countBareLf(octets, false) + end
}

/**
 * Whether a whole message is in canonical form: it has no bare LF, and its last line is ended.
 *
 * @example Look before you copy
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, isCanonical } from '@pop3kit/codec'
 *
 * assert.equal(isCanonical(encodeText('one\r\n')), true)
 * assert.equal(isCanonical(encodeText('one\n')), false)
 * ```
 */
export function isCanonical(octets: Uint8Array): boolean {
  return canonicalOctets(octets) === octets.length
}

/** The index of the next LF without a CR before it, or -1; `afterCr` says whether the octet before the chunk was one. */
function indexOfBareLf(chunk: Uint8Array, from: number, afterCr: boolean): number {
  let lf = chunk.indexOf(LF, from)
  while (lf !== -1 && (lf > 0 ? chunk[lf - 1] === CR : afterCr)) lf = chunk.indexOf(LF, lf + 1)
  return lf
}

function countBareLf(chunk: Uint8Array, afterCr: boolean): number {
  let count = 0
  for (let lf = indexOfBareLf(chunk, 0, afterCr); lf !== -1; lf = indexOfBareLf(chunk, lf + 1, false)) count++
  return count
}

/** One new chunk rather than a view a line: a file of a Unix system has a bare LF in every line. */
function withoutBareLf(chunk: Uint8Array, afterCr: boolean): Uint8Array {
  const added = countBareLf(chunk, afterCr)
  if (added === 0) return chunk
  const whole = new Uint8Array(chunk.length + added)
  let from = 0
  let to = 0
  for (let lf = indexOfBareLf(chunk, 0, afterCr); lf !== -1; lf = indexOfBareLf(chunk, lf + 1, false)) {
    whole.set(chunk.subarray(from, lf), to)
    to += lf - from
    whole[to++] = CR
    from = lf
  }
  whole.set(chunk.subarray(from), to)
  return whole
}
