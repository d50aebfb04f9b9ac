/** Gmail for a user `recent:name` (M39): what came in the last 30 days, whether it was retrieved before or not. */
import { gmail } from './gmail.ts'
import type { Persona } from './persona.ts'

export const gmailRecent: Persona = {
  ...gmail,
  name: 'gmail-recent',
  // The maildrop of `alice` is hers whether she asks for it as `alice` or as `recent:alice`.
  grammar: { ...gmail.grammar, userName: (name) => name.replace(/^recent:/, '') },
  policies: { ...gmail.policies, window: { days: 30 } },
}
