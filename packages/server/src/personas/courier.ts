/** Courier pop3d 1.0.16, as captured in its default set-up without TLS. */
import type { Persona } from './persona.ts'

const capabilities = ['TOP', 'USER', 'LOGIN-DELAY 10', 'PIPELINING', 'UIDL', 'IMPLEMENTATION Courier Mail Server']

export const courier: Persona = {
  name: 'courier',
  texts: {
    greeting: 'Hello there.',
    'command.unknown': 'Invalid command.',
    'command.state': 'Invalid command.',
    'command.syntax': 'Invalid command.',
    'command.tooLong': 'Invalid command.',
    'message.none': 'Invalid message number.',
    'message.deleted': 'Invalid message number.',
    'message.gone': "Can't open the message file - it's gone!",
    'login.ok': 'logged in.',
    'login.refused': 'Login failed.',
    'login.locked': 'Login failed.',
    'user.ok': 'Password required.',
    'user.again': 'Password required.',
    'pass.userFirst': 'USER/PASS required.',
    'pass.syntax': 'USER/PASS required.',
    'capa.ok': "Here's what I can do:",
    'list.ok': 'POP3 clients that break here, they violate STD53.',
    'uidl.ok': '',
    'retr.ok': '{octets} octets follow.',
    'top.ok': 'headers follow.',
    'dele.ok': 'Deleted.',
    'noop.ok': 'Yup.',
    'rset.ok': 'Resurrected.',
    'quit.beforeLogin': 'Better luck next time.',
    'quit.ok': 'Bye-bye.',
  },
  capabilities: { AUTHORIZATION: capabilities, TRANSACTION: capabilities },
  apop: false,
  grammar: {
    lineEndings: 'lenient',
    lineOctets: 8192,
    longLines: 'truncate',
    blanks: 'lenient',
    numbers: 'c',
    surplus: 'ignore',
    passwordBlanks: 'trim',
    userHolds: 'until-login',
    readAhead: 'lose',
  },
  policies: {
    lock: 'shared',
    idle: { AUTHORIZATION: 60_000, TRANSACTION: 300_000 },
    // The line end that RETR adds to a message stored without one is not counted: two octets too few.
    size: ({ octets, lineEndAdded }) => (lineEndAdded ? octets - 2 : octets),
    uniqueId: ({ serial, validity }) => `UID${serial}-${validity}`,
  },
}
