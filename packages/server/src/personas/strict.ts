/** The default persona: the RFCs by the letter. */
import { formatApopTimestamp } from '@pop3kit/codec'
import type { CapabilityFacts, Persona, PersonaPolicies } from './persona.ts'
import { strictArguments } from './strict-arguments.ts'

/** A name that no host has (RFC 2606). */
const host = 'pop3kit.invalid'

const tenMinutes = 600_000

const bothStates = ['AUTHORIZATION', 'TRANSACTION'] as const

/** The commands of RFC 1939 with the states in which they are valid, and CAPA; of APOP only some servers know. */
export const standardCommands: Persona['commands'] = {
  USER: ['AUTHORIZATION'],
  PASS: ['AUTHORIZATION'],
  CAPA: bothStates,
  STAT: ['TRANSACTION'],
  LIST: ['TRANSACTION'],
  UIDL: ['TRANSACTION'],
  RETR: ['TRANSACTION'],
  TOP: ['TRANSACTION'],
  DELE: ['TRANSACTION'],
  NOOP: ['TRANSACTION'],
  RSET: ['TRANSACTION'],
  QUIT: bothStates,
}

/** The policies that the RFCs describe. */
export const standardPolicies: PersonaPolicies = {
  lock: 'exclusive',
  idle: { AUTHORIZATION: tenMinutes, TRANSACTION: tenMinutes },
  size: ({ octets }) => octets,
  uniqueId: ({ serial }) => `uid-${serial}`,
  loginDelay: 0,
  sessionsPerUser: Infinity,
  deletion: 'marked',
  window: undefined,
  last: 'session',
  expunged: 'gone',
  retrieval: 'keeps',
  internationalized: 'refuse',
  samePassword: (given, kept) => given === kept,
  cleartextLogin: 'allowed',
  stlsAfterUtf8: 'refused',
  connections: Infinity,
  loginTime: Infinity,
  badCommands: { AUTHORIZATION: Infinity, TRANSACTION: Infinity },
  badTexts: ['command.unknown', 'command.state', 'command.malformed', 'command.encoding'],
  uncounted: [],
  delays: {},
  closesAfter: ['greeting.crowded', 'login.tooMany', 'login.overlong'],
}

function capabilities({ state, knows, stls, login, mechanisms, loginDelay, expire }: CapabilityFacts): string[] {
  const when = (isTrue: boolean, ...lines: string[]): string[] => (isTrue ? lines : [])
  return [
    ...when(login && knows('USER'), 'USER'),
    ...when(knows('TOP'), 'TOP'),
    ...when(knows('UIDL'), 'UIDL'),
    'RESP-CODES',
    'AUTH-RESP-CODE',
    'PIPELINING',
    ...when(loginDelay !== undefined, `LOGIN-DELAY ${loginDelay}`),
    `EXPIRE ${expire}`,
    // RFC 2595 section 4: in the AUTHORIZATION state only.
    ...when(stls && state === 'AUTHORIZATION' && knows('STLS'), 'STLS'),
    ...when(mechanisms.length > 0 && knows('AUTH'), `SASL ${mechanisms.join(' ')}`),
    ...when(knows('UTF8'), 'UTF8 USER'),
    ...when(knows('LANG'), 'LANG'),
    'IMPLEMENTATION pop3kit',
  ]
}

export const strict: Persona = {
  name: 'strict',
  texts: {
    greeting: 'POP3 server ready {timestamp}',
    'greeting.crowded': '[SYS/TEMP] too many sessions, try later',
    'command.unknown': 'unknown command',
    'command.state': '{verb} is not valid in this state',
    'command.malformed': 'this is no command',
    'command.encoding': '{verb} is followed by octets that are not UTF-8',
    'command.tooLong': 'command line too long',
    'command.tooMany': 'too many bad commands',
    'message.none': 'no such message, {messages} in maildrop',
    'message.deleted': 'message {number} is marked deleted',
    'message.gone': 'message {number} is gone',
    'message.utf8': '[UTF8] message {number} has a header in UTF-8, say UTF8 before the login',
    'login.ok': 'maildrop has {messages} messages ({octets} octets)',
    'login.refused': '[AUTH] wrong user name or password',
    'login.locked': '[IN-USE] maildrop is locked by another session',
    'login.tooSoon': '[LOGIN-DELAY] the last login was too short a time ago',
    'login.tooMany': '[IN-USE] too many sessions of this user',
    'login.overlong': '[SYS/TEMP] name and password are too long',
    'login.cleartext': '[AUTH] passwords are taken over TLS only',
    'user.ok': 'send PASS',
    'user.again': 'USER was given, PASS or QUIT expected',
    'user.invalid': 'there cannot be such a user',
    'pass.userFirst': 'USER first',
    'apop.unavailable': 'unknown command',
    'auth.list': 'mechanisms follow',
    'auth.unknown': 'no such mechanism',
    'auth.initial': 'this mechanism has no initial response',
    'auth.base64': 'the response is not base64',
    'auth.unfinished': 'the response is not base64',
    'auth.initialBase64': 'the initial response is not base64',
    'auth.malformed': 'the response is not one of this mechanism',
    'auth.cancelled': 'cancelled',
    'auth.refused': '[AUTH] wrong credentials',
    'stls.ok': 'begin TLS',
    'stls.failed': undefined,
    'stls.active': 'TLS is active',
    'stls.unavailable': 'no TLS here',
    'capa.ok': 'capability list follows',
    'list.ok': '{messages} messages ({octets} octets)',
    'uidl.ok': 'unique-id listing follows',
    'retr.ok': '{octets} octets',
    'top.ok': 'top of message follows',
    'dele.ok': 'message {number} deleted',
    'noop.ok': '',
    'rset.ok': 'maildrop has {messages} messages ({octets} octets)',
    'last.ok': '{last}',
    'utf8.ok': 'UTF-8 it is',
    'lang.list': 'languages follow',
    'lang.ok': '{language} is spoken now',
    'lang.unknown': 'no such language',
    'xclient.ok': '',
    'quit.beforeLogin': 'bye',
    'quit.ok': 'bye, {messages} messages left',
    'quit.incomplete': '[SYS/TEMP] some deleted messages not removed',
    idle: undefined,
  },
  commands: {
    ...standardCommands,
    APOP: ['AUTHORIZATION'],
    STLS: ['AUTHORIZATION'],
    AUTH: ['AUTHORIZATION'],
    UTF8: ['AUTHORIZATION'],
    LANG: bothStates,
  },
  capabilities,
  timestamp: ({ session, nonce }) => formatApopTimestamp({ process: session, clock: nonce, host }),
  languages: { en: 'English', 'i-default': 'English' },
  grammar: {
    lineEndings: 'strict',
    encoding: 'utf-8',
    line: { AUTHORIZATION: { octets: 255, longer: 'refuse' }, TRANSACTION: { octets: 255, longer: 'refuse' } },
    unendedLine: 'drop',
    arguments: strictArguments('syntax error in {verb}'),
    userHolds: 'next',
    anotherUser: 'refused',
    readAhead: 'keep',
    readAheadOfTls: 'discard',
  },
  sasl: {
    mechanisms: ['EXTERNAL', 'SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'OAUTHBEARER', 'XOAUTH2', 'PLAIN', 'LOGIN'],
    emptyChallenge: '+ ',
    authorizationIdentity: 'checked',
    cramChallenge: ({ nonce, session }) => `<${nonce}.${session}@${host}>`,
  },
  policies: standardPolicies,
}
