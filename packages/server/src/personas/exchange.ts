/** Exchange as Microsoft 365 runs it, from what clients logged: what is not known of it is by the letter. */
import { encodeBase64 } from '@pop3kit/codec'
import type { CapabilityFacts, Persona } from './persona.ts'
import { standardCommands, standardPolicies, strict } from './strict.ts'

/** Which of its servers it is stands behind the greeting, in UTF-16 and base64. */
const serverName = encodeBase64(Buffer.from('mail.example.com', 'utf16le'))

/** M61: whoever is throttled is told the same. */
const wrong = 'Logon failure: unknown user name or bad password.'

/** What it says last: a command is too long, or is `AUTH XOAUTH2` in one line (R87). */
const lastError = 'Protocol error. Connection is closed. 10'

const invalidState = 'Command is not valid in this state.'

function capabilities({ stls, login, mechanisms }: CapabilityFacts): string[] {
  return [
    'TOP',
    'UIDL',
    ...(stls ? ['STLS'] : []),
    ...(mechanisms.length > 0 ? [`SASL ${mechanisms.join(' ')}`] : []),
    ...(login ? ['USER'] : []),
  ]
}

export const exchange: Persona = {
  ...strict,
  name: 'exchange',
  texts: {
    ...strict.texts,
    greeting: `The Microsoft Exchange POP3 service is ready. [${serverName}]`,
    'command.unknown': 'Protocol error. 19',
    'command.state': invalidState,
    'command.tooLong': lastError,
    'login.ok': 'User successfully logged on.',
    'login.refused': wrong,
    'login.tooSoon': wrong,
    'login.tooMany': wrong,
    'login.cleartext': invalidState,
    'user.ok': '',
    'auth.unknown': 'Protocol error. 14',
    'auth.initial': lastError,
    'auth.refused': wrong,
    'capa.ok': '',
    'list.ok': '{messages} {octets}',
    'uidl.ok': '',
    'retr.ok': '',
    'top.ok': '',
    'dele.ok': '',
    'rset.ok': '',
    'quit.beforeLogin': 'Microsoft Exchange Server POP3 server signing off.',
    'quit.ok': 'Microsoft Exchange Server POP3 server signing off.',
  },
  commands: { ...standardCommands, STLS: ['AUTHORIZATION'], AUTH: ['AUTHORIZATION'] },
  capabilities,
  timestamp: undefined,
  sasl: {
    ...strict.sasl,
    mechanisms: ['PLAIN', 'XOAUTH2'],
    // R87, M58.
    noInitial: ['XOAUTH2'],
    // M57.
    emptyChallenge: '+',
  },
  policies: {
    ...standardPolicies,
    idle: { AUTHORIZATION: 60_000, TRANSACTION: 1_800_000 },
    uniqueId: ({ serial }) => `${serial}`,
    internationalized: 'send',
    closesAfter: [...standardPolicies.closesAfter, 'command.tooLong', 'auth.initial'],
  },
}
