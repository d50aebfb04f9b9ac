/** The default persona: the RFCs by the letter. */
import type { Persona } from './persona.ts'

const tenMinutes = 600_000

const capabilities = [
  'USER',
  'TOP',
  'UIDL',
  'RESP-CODES',
  'AUTH-RESP-CODE',
  'PIPELINING',
  'EXPIRE NEVER',
  'IMPLEMENTATION pop3kit',
]

export const strict: Persona = {
  name: 'strict',
  texts: {
    greeting: 'POP3 server ready {timestamp}',
    'command.unknown': 'unknown command',
    'command.state': '{verb} is not valid in this state',
    'command.syntax': 'syntax error in {verb}',
    'command.tooLong': 'command line too long',
    'message.none': 'no such message, {messages} in maildrop',
    'message.deleted': 'message {number} is marked deleted',
    'message.gone': 'message {number} is gone',
    'login.ok': 'maildrop has {messages} messages ({octets} octets)',
    'login.refused': '[AUTH] wrong user name or password',
    'login.locked': '[IN-USE] maildrop is locked by another session',
    'user.ok': 'send PASS',
    'user.again': 'USER was given, PASS or QUIT expected',
    'pass.userFirst': 'USER first',
    'pass.syntax': 'syntax error in PASS',
    'capa.ok': 'capability list follows',
    'list.ok': '{messages} messages ({octets} octets)',
    'uidl.ok': 'unique-id listing follows',
    'retr.ok': '{octets} octets',
    'top.ok': 'top of message follows',
    'dele.ok': 'message {number} deleted',
    'noop.ok': '',
    'rset.ok': 'maildrop has {messages} messages ({octets} octets)',
    'quit.beforeLogin': 'bye',
    'quit.ok': 'bye, {messages} messages left',
  },
  capabilities: { AUTHORIZATION: capabilities, TRANSACTION: capabilities },
  apop: true,
  grammar: {
    lineEndings: 'strict',
    lineOctets: 255,
    longLines: 'error',
    blanks: 'strict',
    numbers: 'strict',
    surplus: 'refuse',
    passwordBlanks: 'keep',
    userHolds: 'next',
    readAhead: 'keep',
  },
  policies: {
    lock: 'exclusive',
    idle: { AUTHORIZATION: tenMinutes, TRANSACTION: tenMinutes },
    size: ({ octets }) => octets,
    uniqueId: ({ serial }) => `uid-${serial}`,
  },
}
