/** Gmail, from its help pages and from what clients logged: what is not known of it is by the letter. */
import type { CapabilityFacts, Persona, TextValues } from './persona.ts'
import { standardCommands, standardPolicies, strict } from './strict.ts'

/** It ends the first line and complaints with a number of the request. */
const request = ({ session, nonce }: TextValues): string => `${nonce}mb${session}`

const badCommand = (values: TextValues): string => `bad command ${request(values)}`

const wrong = '[AUTH] Username and password not accepted.'

/** EXPIRE and LOGIN-DELAY are only said; SASL is gone behind the login, against R44. */
function capabilities({ state, mechanisms }: CapabilityFacts): string[] {
  const isBefore = state === 'AUTHORIZATION'
  return [
    'USER',
    'RESP-CODES',
    ...(isBefore ? [] : ['PIPELINING']),
    'EXPIRE 0',
    'LOGIN-DELAY 300',
    'TOP',
    'UIDL',
    'X-GOOGLE-RICO',
    ...(isBefore && mechanisms.length > 0 ? [`SASL ${mechanisms.join(' ')}`] : []),
  ]
}

export const gmail: Persona = {
  ...strict,
  name: 'gmail',
  texts: {
    ...strict.texts,
    greeting: (values) => `Gpop ready for requests from 127.0.0.1 ${request(values)}`,
    'command.unknown': badCommand,
    'command.state': badCommand,
    'login.ok': 'Welcome.',
    'login.refused': wrong,
    'user.ok': 'send PASS',
    'auth.refused': wrong,
    'capa.ok': 'Capability list follows',
    'list.ok': '{messages} messages ({octets} bytes)',
    'uidl.ok': '',
    'retr.ok': 'message follows',
    'top.ok': 'message follows',
    'dele.ok': '',
    'rset.ok': '',
    'quit.beforeLogin': 'Farewell.',
    'quit.ok': 'Farewell.',
  },
  // TLS comes first, and UTF8 is a bad command like any other (M52).
  commands: { ...standardCommands, AUTH: ['AUTHORIZATION'] },
  capabilities,
  timestamp: undefined,
  sasl: { ...strict.sasl, mechanisms: ['PLAIN', 'XOAUTH2'] },
  policies: {
    ...standardPolicies,
    uniqueId: ({ serial, validity }) => `GmailId${hexadecimal(validity)}${hexadecimal(serial)}`,
    // R40, M39: what was retrieved is not shown any more behind QUIT, but stays.
    deletion: 'hidden',
    // M38.
    window: { oldest: 250 },
    internationalized: 'send',
    // M52.
    closesAfter: [...standardPolicies.closesAfter, 'command.unknown', 'command.state'],
  },
}

function hexadecimal(number: number): string {
  return number.toString(16).padStart(8, '0')
}
