/** Cyrus pop3d 3.6.1 as Debian 12 has it, measured against its captured sessions. */
import type { SaslMechanismName } from '../sasl/index.ts'
import { cyrusArguments, cyrusCommand, cyrusLineOctets, cyrusUserName, isApopArgument } from './cyrus-arguments.ts'
import { cyrusBase64 } from './cyrus-base64.ts'
import type { CapabilityFacts, LineLimit, Persona, PersonaTextName, PersonaTexts } from './persona.ts'
import { sizeAsStored } from './stored-size.ts'
import { standardCommands, standardPolicies, strict } from './strict.ts'

/** How a Cyrus server is set up. */
export interface CyrusOptions {
  /** The SASL mechanisms, in the order in which they are announced (`sasl_mech_list`). @default {['PLAIN', 'LOGIN']} */
  readonly mechanisms?: readonly SaslMechanismName[] | undefined
  /** Whether there is APOP (`allowapop`); maildrops with an `apopSecret` can be entered by it. @default {false} */
  readonly apop?: boolean | undefined
  /** What it calls its host (`servername`). @default {'mail.example.com'} */
  readonly host?: string | undefined
  /** Whether wrong credentials cost the three seconds that they cost there, on the server's clock. @default {false} */
  readonly delays?: boolean | undefined
}

/**
 * The persona of a Cyrus. As it is set up by default it is also known by its name: `persona: 'cyrus'`.
 *
 * @example Let Cyrus take its time, and offer APOP
 * ```ts
 * import assert from 'node:assert/strict'
 * import { cyrus, setupPop3Server } from '@pop3kit/server'
 *
 * const server = setupPop3Server({
 *   persona: cyrus({ apop: true, delays: true }),
 *   maildrops: { alice: { apopSecret: 'tanstaaf', messages: [] } },
 * })
 * const [greeting] = await server.connect().take(1).toArray()
 * assert.match(String(greeting), /^\+OK mail\.example\.com Cyrus POP3 .* server ready <.*@mail\.example\.com>\r\n$/)
 * await server.close()
 * ```
 */
export function cyrus(options: CyrusOptions = {}): Persona {
  const { host = 'mail.example.com', mechanisms = ['PLAIN', 'LOGIN'], apop = false, delays = false } = options
  return {
    name: 'cyrus',
    texts: texts(host),
    commands: {
      ...standardCommands,
      ...(apop ? { APOP: ['AUTHORIZATION'] } : {}),
      STLS: ['AUTHORIZATION'],
      AUTH: ['AUTHORIZATION'],
    },
    capabilities,
    timestamp: apop ? ({ session, nonce }) => `<${nonce}.${session}@${host}>` : undefined,
    languages: {},
    grammar: {
      lineEndings: 'lenient',
      encoding: 'any',
      line: { AUTHORIZATION: line, TRANSACTION: line },
      response,
      command: cyrusCommand,
      // A blank announces an argument. Outlook's `AUTH ` is forgiven.
      isMalformed: ({ verb, argument }) => argument === '' && verb !== 'AUTH',
      unendedLine: 'take',
      arguments: cyrusArguments,
      userName: cyrusUserName,
      userHolds: 'until-pass',
      anotherUser: 'refused',
      readAhead: 'mistaken',
      readAheadOfTls: 'discard',
    },
    sasl: {
      mechanisms,
      base64: cyrusBase64,
      emptyChallenge: '+ ',
      authorizationIdentity: 'checked',
      cramChallenge: ({ nonce, session }) => `<${nonce}.${session}@${host}>`,
      digestChallenge: ({ nonce }) =>
        `nonce="${nonce}",realm="${host}",qop="auth,auth-int,auth-conf",cipher="rc4-40,rc4-56,rc4,des,3des",` +
        'maxbuf=4096,charset=utf-8,algorithm=md5-sess',
    },
    policies: {
      ...standardPolicies,
      lock: 'shared',
      size: sizeAsStored,
      uniqueId: ({ serial, validity }) => `${validity}.${serial}`,
      expunged: 'served',
      internationalized: 'send',
      delays: delays ? Object.fromEntries(failures.map((text) => [text, 3000])) : {},
    },
  }
}

const version = '3.6.1-Debian-3.6.1-4+deb12u5'

const line: LineLimit = { octets: cyrusLineOctets, longer: 'split' }

/** A buffer for what 16384 octets are in base64. */
const response: LineLimit = { octets: 21_847, longer: 'split' }

/** What a client waits three seconds for. */
const failures: readonly PersonaTextName[] = [
  'login.refused',
  'login.locked',
  'auth.unknown',
  'auth.initial',
  'auth.initialBase64',
  'auth.base64',
  'auth.unfinished',
  'auth.malformed',
  'auth.refused',
]

const authenticating = (reason: string): string => `[AUTH] authenticating: ${reason}`
const wrong = authenticating('authentication failure')
const badProtocol = authenticating('bad protocol / cancel')
const noMechanism = authenticating('no mechanism available')

/** What it never says is as `strict` says it. */
const texts = (host: string): PersonaTexts => ({
  ...strict.texts,
  // It ends in a blank where there is no APOP.
  greeting: ({ timestamp }) => `${host} Cyrus POP3 ${version} server ready ${timestamp}`,
  'greeting.crowded': '[SYS/TEMP] Too many open connections',
  'command.unknown': 'Unrecognized command',
  'command.state': 'Unrecognized command',
  'command.malformed': 'Syntax error',
  'message.none': 'No such message',
  'message.deleted': 'No such message',
  'message.gone': '[SYS/PERM] Could not read message file',
  'login.ok': ({ session, nonce }) => `Mailbox locked and ready SESSIONID=<cyrus-${session}-1-${nonce}>`,
  'login.refused': ({ verb, argument }) => {
    if (verb !== 'APOP') return '[AUTH] Invalid login'
    return isApopArgument(argument) ? wrong : badProtocol
  },
  'login.locked': '[IN-USE] Unable to lock maildrop: Mailbox is locked',
  'login.tooSoon': '[LOGIN-DELAY] Logins must be at least 1 minute apart',
  'login.tooMany': 'Too many open connections',
  'login.cleartext': ({ verb }) =>
    verb === 'AUTH' ? noMechanism : `[AUTH] ${verb} command only available under a layer`,
  'user.ok': 'Name is a valid mailbox',
  'user.again': '[AUTH] Must give PASS command',
  'user.invalid': '[AUTH] Invalid user',
  'pass.userFirst': '[AUTH] Must give USER command',
  'apop.unavailable': 'Unrecognized command',
  'auth.list': 'List of supported mechanisms follows',
  'auth.unknown': noMechanism,
  'auth.initial': badProtocol,
  'auth.base64': badProtocol,
  'auth.unfinished': authenticating('another step is needed in authentication'),
  'auth.initialBase64': badProtocol,
  'auth.malformed': badProtocol,
  'auth.cancelled': '[AUTH] Client canceled authentication',
  'auth.refused': wrong,
  'stls.ok': 'Begin TLS negotiation now',
  'stls.failed': '[SYS/PERM] Starttls failed',
  'stls.active': 'Already successfully executed STLS',
  'stls.unavailable': 'Unrecognized command',
  'capa.ok': 'List of capabilities follows',
  'list.ok': 'scan listing follows',
  'uidl.ok': 'unique-id listing follows',
  'retr.ok': 'Message follows',
  'top.ok': 'Message follows',
  'dele.ok': 'message deleted',
  'rset.ok': '',
  'quit.beforeLogin': '',
  'quit.ok': '',
})

/** The mechanisms stay after a login under TLS, unless it was one with AUTH. */
function capabilities({ state, loginVerb, secure, stls, login, mechanisms, loginDelay }: CapabilityFacts): string[] {
  const isBefore = state === 'AUTHORIZATION'
  const when = (isTrue: boolean, text: string): string[] => (isTrue ? [text] : [])
  return [
    ...when((isBefore || (secure && loginVerb !== 'AUTH')) && mechanisms.length > 0, `SASL ${mechanisms.join(' ')}`),
    ...when(isBefore && stls, 'STLS'),
    'EXPIRE NEVER',
    `LOGIN-DELAY ${parseInt(loginDelay ?? '0', 10)}`,
    'TOP',
    'UIDL',
    'PIPELINING',
    'RESP-CODES',
    'AUTH-RESP-CODE',
    ...when(isBefore && login, 'USER'),
    `IMPLEMENTATION Cyrus POP3 ${version}`,
  ]
}
