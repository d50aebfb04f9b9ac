/** Courier pop3d 1.0.16, as captured. */
import { parseCommand } from '@pop3kit/codec'
import type { ArgumentReader } from './argument-reader.ts'
import { Refusal } from './argument-reader.ts'
import type { CapabilityFacts, Persona } from './persona.ts'
import { standardCommands, standardPolicies } from './strict.ts'

const invalid = new Refusal('Invalid command.')

/** As C reads them: the first words, whatever follows them, and 0 for what is missing. */
const courierArguments: ArgumentReader = {
  none: () => undefined,
  any: (argument) => argument,
  name: (argument) => argument?.trimEnd() || invalid,
  password: (argument) => argument?.trimEnd() || new Refusal('USER/PASS required.'),
  nameAndDigest: () => invalid,
  number: (argument) => atoi(words(argument)[0]),
  optionalNumber: (argument) => {
    const [first] = words(argument)
    return first === undefined ? undefined : atoi(first)
  },
  numberAndLines: (argument) => {
    const [number, lines] = words(argument)
    return { number: atoi(number), lines: atoi(lines) }
  },
  mechanism: (argument) => {
    const [mechanism, initial] = words(argument)
    return mechanism === undefined ? invalid : { mechanism, initial }
  },
}

function words(argument: string | undefined): string[] {
  return (argument ?? '').split(/[ \t]+/).filter((word) => word !== '')
}

/** C's `atoi` on a 64-bit machine: a leading number, held to 64 bits, of which the low 32 bits are taken. */
function atoi(word = ''): number {
  const digits = /^[+-]?\d+/.exec(word)?.[0] ?? '0'
  const value = BigInt(digits.replace('+', ''))
  const limit = 2n ** 63n
  const held = value >= limit ? limit - 1n : value < -limit ? -limit : value
  return Number(BigInt.asIntN(32, held))
}

function capabilities({ secure, stls }: CapabilityFacts): string[] {
  return [
    ...(secure ? ['SASL LOGIN PLAIN'] : []),
    ...(stls ? ['STLS'] : []),
    ...['TOP', 'USER', 'LOGIN-DELAY 10', 'PIPELINING', 'UIDL', 'UTF8 USER', 'IMPLEMENTATION Courier Mail Server'],
  ]
}

export const courier: Persona = {
  name: 'courier',
  texts: {
    greeting: 'Hello there.',
    'greeting.crowded': 'Too many connections, try again later.',
    'command.unknown': 'Invalid command.',
    'command.state': 'Invalid command.',
    'command.malformed': 'Invalid command.',
    'command.encoding': 'Invalid command.',
    'command.tooLong': 'Invalid command.',
    'command.tooMany': 'Invalid command.',
    'message.none': 'Invalid message number.',
    'message.deleted': 'Invalid message number.',
    'message.gone': "Can't open the message file - it's gone!",
    'message.utf8': 'Invalid message number.',
    'login.ok': 'logged in.',
    'login.refused': 'Login failed.',
    'login.locked': 'Login failed.',
    'login.tooSoon': 'Login failed.',
    'login.tooMany': 'Login failed.',
    'login.cleartext': 'Login failed.',
    'user.ok': 'Password required.',
    'user.again': 'Password required.',
    'user.invalid': 'Invalid command.',
    'pass.userFirst': 'USER/PASS required.',
    'apop.unavailable': 'Invalid command.',
    'auth.list': '',
    'auth.unknown': 'Authentication failed.',
    'auth.initial': 'Authentication failed.',
    'auth.base64': 'Authentication aborted.',
    'auth.unfinished': 'Authentication aborted.',
    'auth.initialBase64': 'Authentication aborted.',
    'auth.malformed': 'Authentication aborted.',
    'auth.cancelled': 'Authentication aborted.',
    'auth.refused': 'Authentication failed.',
    'stls.ok': 'Begin SSL/TLS negotiation now.',
    'stls.failed': undefined,
    'stls.active': 'TLS support not available.',
    'stls.unavailable': 'TLS support not available.',
    'capa.ok': "Here's what I can do:",
    'list.ok': 'POP3 clients that break here, they violate STD53.',
    'uidl.ok': '',
    'retr.ok': '{octets} octets follow.',
    'top.ok': 'headers follow.',
    'dele.ok': 'Deleted.',
    'noop.ok': 'Yup.',
    'rset.ok': 'Resurrected.',
    'last.ok': '',
    'utf8.ok': 'UTF8 enabled',
    'lang.list': '',
    'lang.ok': '',
    'lang.unknown': '',
    'xclient.ok': '',
    'quit.beforeLogin': 'Better luck next time.',
    'quit.ok': 'Bye-bye.',
    'quit.incomplete': 'Bye-bye.',
    idle: undefined,
  },
  commands: {
    ...standardCommands,
    STLS: ['AUTHORIZATION'],
    AUTH: ['AUTHORIZATION'],
    UTF8: ['AUTHORIZATION', 'TRANSACTION'],
  },
  capabilities,
  timestamp: undefined,
  languages: {},
  grammar: {
    lineEndings: 'lenient',
    encoding: 'any',
    line: { AUTHORIZATION: { octets: 8192, longer: 'truncate' }, TRANSACTION: { octets: 8192, longer: 'truncate' } },
    command: (line) => parseCommand(line, { blanks: 'lenient' }),
    unendedLine: 'drop',
    arguments: courierArguments,
    userHolds: 'until-login',
    readAhead: 'lose',
    // CVE-2011-0411
    readAheadOfTls: 'answer',
  },
  sasl: {
    mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
    emptyChallenge: '+ ',
    authorizationIdentity: 'ignored',
    cramChallenge: ({ nonce }) => `<${nonce}@mail.example.com>`,
  },
  policies: {
    ...standardPolicies,
    lock: 'shared',
    idle: { AUTHORIZATION: 60_000, TRANSACTION: 300_000 },
    // The line end that RETR adds to a message stored without one is not counted: two octets too few.
    size: ({ octets, lineEndAdded }) => (lineEndAdded ? octets - 2 : octets),
    uniqueId: ({ serial, validity }) => `UID${serial}-${validity}`,
    internationalized: 'send',
  },
}
