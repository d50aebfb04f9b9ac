/** The personas that come with the server, by name. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { courier } from './courier.ts'
import { cyrus } from './cyrus.ts'
import { dovecot } from './dovecot.ts'
import { exchange } from './exchange.ts'
import { gmailRecent } from './gmail-recent.ts'
import { gmail } from './gmail.ts'
import type { Persona } from './persona.ts'
import { strict } from './strict.ts'
import { zimbra } from './zimbra.ts'

/** The name of a persona that comes with the server. */
export type PersonaName = 'strict' | 'courier' | 'dovecot' | 'cyrus' | 'gmail' | 'gmail-recent' | 'exchange' | 'zimbra'

const personas: ReadonlyMap<PersonaName, Persona> = new Map([
  ['strict', strict],
  ['courier', courier()],
  ['dovecot', dovecot()],
  ['cyrus', cyrus()],
  ['gmail', gmail],
  ['gmail-recent', gmailRecent],
  ['exchange', exchange],
  ['zimbra', zimbra],
])

/** The names of the personas. */
export const personaNames: readonly PersonaName[] = [...personas.keys()]

/** @throws {Pop3ArgumentError} When there is no persona of this name. */
export function personaNamed(name: string): Persona {
  const [, persona] = [...personas].find(([known]) => known === name) ?? []
  if (persona === undefined) {
    throw new Pop3ArgumentError(`Cannot find the persona "${name}": expected one of ${personaNames.join(', ')}`)
  }
  return persona
}
