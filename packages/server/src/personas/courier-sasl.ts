/** How Courier reads the messages of SASL (RFC 5034 section 4, R77). */
import { type PlainCredentials, Pop3ProtocolError, decodeText } from '@pop3kit/codec'
import { courierResponse } from './courier-command.ts'
import type { PersonaSasl } from './persona.ts'

/** Behind the digits there may be two characters, whatever they are, if the padding is among them; the last bits need not be zero. */
export const courierBase64: NonNullable<PersonaSasl['base64']> = (text, refusal) => {
  if (refusal === 'auth.base64') {
    // A line whose end it does not see is taken for the end of the connection.
    if (text.includes('\0') || text.length >= courierResponse.octets) return 'auth.refused'
    if (text.startsWith('*')) return 'auth.cancelled'
  }
  const [digits = ''] = /^[A-Za-z0-9+/]*/.exec(text) ?? []
  const rest = text.slice(digits.length)
  const padding = rest.search(/[^=]|$/)
  return rest.length <= 2 && (digits.length + padding) % 4 === 0 ? Buffer.from(digits, 'base64') : refusal
}

/** Of more than three parts it takes the last two that could be name and password. */
export function courierPlain(message: Uint8Array): PlainCredentials {
  const parts = decodeText(message).split('\0')
  const { length } = parts
  if (length < 3) {
    throw new Pop3ProtocolError('Cannot parse the PLAIN message: expected two NULs', { offset: 0, excerpt: '***' })
  }
  const isOdd = length % 2 === 1
  return { authcid: parts[length - (isOdd ? 2 : 1)] ?? '', password: parts[length - (isOdd ? 1 : 2)] ?? '' }
}
