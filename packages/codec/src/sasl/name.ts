/** Names between commas: the saslname of RFC 5801 section 4 and RFC 5802 section 5.1. */
import { checkedPart } from './message.ts'

/** The source of a regular expression for a name as it stands in a message. */
export const NAME: string = String.raw`(?:[^\0=,]|=2C|=3D)+`

/** A name with its commas and equals signs escaped. */
export function escapeName(name: string): string {
  return checkedPart(name, /^[^\0]+$/, 'user name', 'at least one character, and no NUL')
    .replaceAll('=', '=3D')
    .replaceAll(',', '=2C')
}

/** The name that a {@link NAME} stands for. */
export function unescapeName(name: string): string {
  return name.replaceAll('=2C', ',').replaceAll('=3D', '=')
}
