/** What Dovecot 2.3.19.1 says, as captured. */
import type { PersonaTexts, TextValues } from './persona.ts'
import { strict } from './strict.ts'

/** What it never says is as `strict` says it. */
export const dovecotTexts: PersonaTexts = {
  ...strict.texts,
  greeting: 'Dovecot (Debian) ready. {timestamp}',
  'greeting.crowded': 'Connection queue full',
  'command.unknown': unknownCommand,
  'command.state': unknownCommand,
  'command.tooLong': ({ state }) =>
    state === 'AUTHORIZATION' ? 'Input buffer full, aborting' : 'Input line too long.',
  'command.tooMany': ({ state }) =>
    state === 'AUTHORIZATION' ? 'Too many invalid bad commands.' : 'Too many bad commands.',
  'message.none': "There's no message {number}.",
  'message.deleted': 'Message is deleted.',
  'message.gone': 'Message {number} expunged.',
  'login.ok': 'Logged in.',
  'login.refused': '[AUTH] Authentication failed.',
  'login.locked': '[IN-USE] Mailbox is locked by another POP3 session.',
  'login.tooMany': '[IN-USE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
  'login.cleartext': ({ verb }) =>
    verb === 'AUTH'
      ? '[AUTH] Plaintext authentication disabled.'
      : '[AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.',
  'user.ok': '',
  'pass.userFirst': 'No username given.',
  'apop.unavailable': 'APOP not enabled.',
  'auth.list': '',
  'auth.unknown': '[AUTH] Unsupported authentication mechanism.',
  'auth.base64': '[AUTH] Invalid base64 in response',
  'auth.unfinished': '[AUTH] Invalid base64 data in continued response',
  'auth.initialBase64': '[AUTH] Invalid base64 data in initial response',
  'auth.malformed': '[AUTH] Authentication failed.',
  'auth.cancelled': 'Authentication aborted by client.',
  'auth.refused': '[AUTH] Authentication failed.',
  'stls.ok': 'Begin TLS negotiation now.',
  'stls.active': 'TLS is already active.',
  'stls.unavailable': "TLS support isn't enabled.",
  'capa.ok': '',
  'list.ok': '{messages} messages:',
  'uidl.ok': '',
  'retr.ok': '{octets} octets',
  // A count of lines that is the largest of 64 bits asks for what RETR sends.
  'top.ok': ({ lines, octets }) => (lines === -1 ? `${octets} octets` : ''),
  'dele.ok': 'Marked to be deleted.',
  'noop.ok': '',
  'rset.ok': '',
  'last.ok': '{last}',
  'xclient.ok': 'You are not from trusted IP - ignoring',
  'quit.beforeLogin': 'Logging out',
  'quit.ok': ({ marked }) => (marked > 0 ? 'Logging out, messages deleted.' : 'Logging out.'),
  idle: ({ verb }) => `Disconnected for inactivity${verb === 'AUTH' ? ' during authentication' : ''}.`,
}

/** The process after the login says which command it does not know. */
function unknownCommand({ state, verb }: TextValues): string {
  return state === 'AUTHORIZATION' || verb === '' ? 'Unknown command.' : `Unknown command: ${verb}`
}
