/** The personas that come with the server, by name. */
import { Pop3ArgumentError } from '@pop3kit/codec'
import { courier } from './courier.ts'
import { cyrus } from './cyrus.ts'
import { dovecot } from './dovecot.ts'
import type { Persona } from './persona.ts'
import { strict } from './strict.ts'

/** The name of a persona that comes with the server. */
export type PersonaName = 'strict' | 'courier' | 'dovecot' | 'cyrus'

const personas: Readonly<Record<PersonaName, Persona>> = {
  strict,
  courier: courier(),
  dovecot: dovecot(),
  cyrus: cyrus(),
}

/** The names of the personas. */
export const personaNames: readonly PersonaName[] = ['strict', 'courier', 'dovecot', 'cyrus']

/** @throws {Pop3ArgumentError} When there is no persona of this name. */
export function personaNamed(name: string): Persona {
  const persona = Object.entries(personas).find(([known]) => known === name)?.[1]
  if (persona === undefined) {
    throw new Pop3ArgumentError(`Cannot find the persona "${name}": expected one of ${personaNames.join(', ')}`)
  }
  return persona
}
