/** What a server offers to a session at this moment: the mechanisms of AUTH, and what decides about its capabilities. */
import type { Maildrop } from '../maildrop/maildrop.ts'
import type { CapabilityFacts, Persona, PersonaState } from '../personas/persona.ts'
import { type SaslMechanismName, mechanisms } from '../sasl/index.ts'
import type { Accounts } from './accounts.ts'

/** What the offers depend on. */
export interface OfferedSession {
  readonly persona: Persona
  readonly accounts: Accounts
  readonly commandState: PersonaState
  readonly maildrop: Maildrop | undefined
  readonly loginVerb: string
  readonly secure: boolean
  readonly clientName: string | undefined
  readonly tlsAvailable: boolean
  readonly takesPasswords: boolean
}

/** The mechanisms that are announced now, the best first. */
export function mechanismsFor(session: OfferedSession): SaslMechanismName[] {
  const { persona, secure, takesPasswords } = session
  return persona.sasl.mechanisms.filter((name) => {
    if (mechanisms.get(name)?.cleartext === true && !takesPasswords) return false
    return isOpen(name, session) && (secure || name !== 'SCRAM-SHA-1-PLUS')
  })
}

/** Whether somebody could log in by a mechanism: it is the persona's, and there is a maildrop, or a certificate, for it. */
export function isOpen(name: string, { persona, accounts, clientName }: OfferedSession): boolean {
  if (!persona.sasl.mechanisms.some((known) => known === name)) return false
  switch (name) {
    case 'EXTERNAL':
      return clientName !== undefined
    case 'XOAUTH2':
    case 'OAUTHBEARER':
      return accounts.some(({ accessTokens }) => accessTokens.offered)
    default:
      return accounts.some(({ password }) => password !== undefined)
  }
}

/** What decides about the capabilities. */
export function capabilityFacts(session: OfferedSession): CapabilityFacts {
  const { persona, accounts, maildrop } = session
  const policies = maildrop === undefined ? accounts.policiesOfAll() : [accounts.policiesOf(maildrop)]
  const delays = policies.map(({ loginDelay }) => Math.ceil(loginDelay / 1000))
  const expire = policies.map(({ deletion }) => (deletion === 'marked' ? 'NEVER' : '0'))
  const delay = Math.max(...delays)
  return {
    state: session.commandState,
    loginVerb: session.loginVerb,
    knows: (verb) => verb in persona.commands,
    secure: session.secure,
    stls: session.tlsAvailable && !session.secure,
    login: session.takesPasswords && accounts.some(({ password }) => password !== undefined),
    mechanisms: mechanismsFor(session),
    loginDelay: delay === 0 ? undefined : `${delay}${differ(delays)}`,
    expire: `${expire.includes('0') ? '0' : 'NEVER'}${differ(expire)}`,
  }
}

/** What a capability ends with when it is another one for other users (RFC 2449 sections 6.5 and 6.7). */
function differ(values: readonly unknown[]): '' | ' USER' {
  return new Set(values).size > 1 ? ' USER' : ''
}
