/** How libsasl 2.1 reads base64: in groups of four characters, without a look at the bits behind the last octet or at an unfinished group. */
import type { PersonaTextName } from './persona.ts'

const GROUPS = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{3}=|[A-Za-z\d+/]{2}==)?/

/** The octets, or the text that refuses them. */
export function cyrusBase64(text: string): Uint8Array | PersonaTextName {
  const [groups = ''] = GROUPS.exec(text) ?? []
  const rest = text.length - groups.length
  if (rest === 0) return Buffer.from(groups, 'base64')
  return rest < 4 && !groups.endsWith('=') ? 'auth.unfinished' : 'auth.base64'
}
