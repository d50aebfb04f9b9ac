/** Zimbra, from what clients logged and from its published source: what is not known of it is by the letter. */
import type { CapabilityFacts, Persona } from './persona.ts'
import { standardCommands, standardPolicies, strict } from './strict.ts'
import { zimbraArguments } from './zimbra-arguments.ts'

const bothStates = ['AUTHORIZATION', 'TRANSACTION'] as const

const goodbye = 'mail.example.com Zimbra POP3 server closing connection'

/** R53: how long a message is kept depends on the user, who is not known before the login. X-ZIMBRA takes a token of its own. */
function capabilities({ state, stls, mechanisms }: CapabilityFacts): string[] {
  return [
    'TOP',
    'USER',
    'UIDL',
    ...(stls ? ['STLS'] : []),
    ...(mechanisms.length > 0 ? [`SASL ${mechanisms.join(' ')} X-ZIMBRA`] : []),
    state === 'AUTHORIZATION' ? 'EXPIRE 31 USER' : 'EXPIRE NEVER',
    'XOIP',
    'IMPLEMENTATION ZimbraInc',
  ]
}

export const zimbra: Persona = {
  ...strict,
  name: 'zimbra',
  texts: {
    ...strict.texts,
    greeting: 'mail.example.com Zimbra POP3 server ready',
    'command.unknown': 'unknown command',
    'command.state': ({ state }) =>
      state === 'AUTHORIZATION'
        ? 'this command is only valid after a login'
        : 'this command is only valid in authorization state',
    'command.malformed': 'invalid request. please specify a command',
    'message.none': 'invalid message',
    'message.deleted': 'message is deleted',
    'login.ok': 'server ready',
    'login.refused': 'invalid username/password',
    'login.cleartext': ({ verb }) =>
      verb === 'AUTH' ? 'cleartext logins disabled' : 'only valid after entering TLS mode',
    'user.ok': 'hello {argument}, please enter your password',
    'pass.userFirst': 'please specify username first with the USER command',
    'auth.unknown': 'mechanism not supported',
    'auth.refused': 'invalid username/password',
    'stls.active': 'command not valid while in TLS mode',
    'capa.ok': 'Capability list follows',
    'list.ok': '{messages} messages',
    'uidl.ok': '{messages} messages',
    'retr.ok': 'message follows',
    'top.ok': 'message top follows',
    'dele.ok': 'message {number} marked for deletion',
    'noop.ok': 'yawn',
    'rset.ok': '{marked} message(s) undeleted',
    'xclient.ok': '',
    'quit.beforeLogin': goodbye,
    'quit.ok': ({ removed }) => (removed > 0 ? `deleted ${removed} message(s)` : goodbye),
  },
  commands: {
    ...standardCommands,
    NOOP: bothStates,
    STLS: ['AUTHORIZATION'],
    AUTH: ['AUTHORIZATION'],
    XOIP: bothStates,
  },
  capabilities,
  timestamp: undefined,
  grammar: {
    ...strict.grammar,
    lineEndings: 'lenient',
    encoding: 'any',
    isMalformed: ({ verb, argument }) => verb === '' && argument === undefined,
    arguments: zimbraArguments,
    userHolds: 'until-login',
    anotherUser: 'taken',
  },
  sasl: { ...strict.sasl, mechanisms: ['PLAIN'] },
  policies: {
    ...standardPolicies,
    lock: 'shared',
    uniqueId: ({ serial, validity }) => `${serial}.${validity.toString(36)}`,
    internationalized: 'send',
  },
}
