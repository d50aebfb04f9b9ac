/** What the messages of all mechanisms have in common: text in UTF-8, and errors that show nothing of it, because it may be a secret. */
import { Pop3ArgumentError, Pop3ProtocolError } from '../errors.ts'
import { decodeUtf8 } from '../octets.ts'

/** The error about a message that is not what its mechanism says it is. */
export function malformed(what: string, expected: string, options?: ErrorOptions): Pop3ProtocolError {
  return new Pop3ProtocolError(`Cannot parse the ${what}: expected ${expected}`, {
    offset: 0,
    excerpt: '***',
    ...options,
  })
}

/** The text of a message; text that is not UTF-8 is refused, so that no two messages mean the same (RFC 4616 section 2). */
export function parseText(octets: Uint8Array, what: string): string {
  try {
    return decodeUtf8(octets)
  } catch (cause) {
    throw malformed(what, 'UTF-8', { cause })
  }
}

/** A part of a message that is to be sent, if it has the shape that lets it be read again. */
export function checkedPart(part: string, shape: RegExp, what: string, expected: string): string {
  if (shape.test(part)) return part
  throw new Pop3ArgumentError(`Cannot send the ${what}: expected ${expected}`)
}
