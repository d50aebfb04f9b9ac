/** How libsasl 2.1 reads base64: in groups of four characters, without a look at the bits behind the last octet or at an unfinished group. */
import type { PersonaSasl } from './persona.ts'

const GROUPS = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{3}=|[A-Za-z\d+/]{2}==)?/

/** The octets, or the text that refuses them. */
export const cyrusBase64: NonNullable<PersonaSasl['base64']> = (line, refusal) => {
  // Whatever follows the asterisk, it is one.
  if (refusal === 'auth.base64' && line.startsWith('*')) return 'auth.cancelled'
  // A string of C ends at a NUL.
  const [text = ''] = line.split('\0', 1)
  const [groups = ''] = GROUPS.exec(text) ?? []
  const rest = text.length - groups.length
  if (rest === 0) return Buffer.from(groups, 'base64')
  return rest < 4 && !groups.endsWith('=') ? 'auth.unfinished' : refusal
}
