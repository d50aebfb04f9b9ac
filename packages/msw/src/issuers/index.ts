/** The authorization servers by their names. */
import { google } from './google.ts'
import type { Issuer } from './issuer.ts'
import { microsoft } from './microsoft.ts'
import { standardAt } from './standard.ts'

/** Whose token endpoint it is: that of a provider, or one at a URL of yours. */
export type IssuerName = 'google' | 'microsoft' | (string & {})

/** @throws {Pop3ArgumentError} When it is neither a provider nor a URL. */
export function issuerNamed(name: IssuerName): Issuer {
  if (name === 'google') return google
  return name === 'microsoft' ? microsoft : standardAt(name)
}
