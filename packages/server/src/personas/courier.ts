/** Courier pop3d 1.0.16 as Debian 12 has it, measured against its captured sessions. */
import { encodeText } from '@pop3kit/codec'
import { courierArguments, courierCommand, courierLine, courierResponse, swallowsNext } from './courier-command.ts'
import { courierBase64, courierPlain } from './courier-sasl.ts'
import { courierWrapping } from './courier-wrapping.ts'
import type { CapabilityFacts, Persona, PersonaTexts } from './persona.ts'
import { sizeAsStored } from './stored-size.ts'
import { standardCommands, standardPolicies, strict } from './strict.ts'

/** How a Courier is set up. */
export interface CourierOptions {
  /**
   * The SASL mechanisms that it announces in clear (`POP3AUTH`), in that order. It takes PLAIN, LOGIN, CRAM-MD5 and CRAM-SHA1 whether
   * it announces them or not. @default {[]}
   */
  readonly mechanisms?: readonly string[] | undefined
  /** The SASL mechanisms that it announces under TLS (`POP3AUTH_TLS`). @default {['LOGIN', 'PLAIN']} */
  readonly tlsMechanisms?: readonly string[] | undefined
  /** What it calls its host in challenges. @default {'mail.example.com'} */
  readonly host?: string | undefined
  /** The most connections at a time (`MAXPERIP`); it closes one more without a word. @default {4} */
  readonly connections?: number | undefined
  /** Whether wrong credentials cost the five seconds that they cost there, on the server's clock. @default {false} */
  readonly delays?: boolean | undefined
}

/**
 * The persona of a Courier. As it is set up by default it is also known by its name: `persona: 'courier'`.
 *
 * @example Meet a Courier that announces CRAM-MD5
 * ```ts
 * import { courier, setupPop3Server } from '@pop3kit/server'
 * import { Pop3Client } from '@pop3kit/client'
 * import assert from 'node:assert/strict'
 *
 * const server = setupPop3Server({
 *   persona: courier({ mechanisms: ['PLAIN', 'CRAM-MD5'] }),
 *   maildrops: { alice: { password: 'wonderland' } },
 * })
 *
 * const client = new Pop3Client({ transport: server.connect() })
 * assert.deepEqual((await client.capa()).get('SASL'), ['PLAIN', 'CRAM-MD5'])
 * await client.close()
 * await server.close()
 * ```
 */
export function courier(options: CourierOptions = {}): Persona {
  const { mechanisms = [], tlsMechanisms = ['LOGIN', 'PLAIN'], host = 'mail.example.com' } = options
  const { connections = 4, delays = false } = options
  return {
    name: 'courier',
    texts,
    commands: {
      ...standardCommands,
      STLS: ['AUTHORIZATION'],
      AUTH: ['AUTHORIZATION'],
      UTF8: ['AUTHORIZATION', 'TRANSACTION'],
    },
    capabilities: (facts) => capabilities(facts, facts.secure ? tlsMechanisms : mechanisms),
    timestamp: undefined,
    languages: {},
    grammar: {
      lineEndings: 'lenient',
      encoding: 'any',
      line: { AUTHORIZATION: courierLine, TRANSACTION: courierLine },
      response: courierResponse,
      command: courierCommand,
      swallowsNext,
      unendedLine: 'take',
      arguments: courierArguments,
      credentials,
      userHolds: 'until-login',
      anotherUser: 'taken',
      readAhead: 'lose',
      // CVE-2011-0411
      readAheadOfTls: 'answer',
      // GnuTLS says close_notify.
      tlsAlert: Uint8Array.of(21, 3, 3, 0, 2, 1, 0),
    },
    sasl: {
      mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'CRAM-SHA1', 'CRAM-SHA256'],
      base64: courierBase64,
      lateBase64: true,
      plain: courierPlain,
      opaque: ['CRAM-MD5', 'CRAM-SHA1', 'CRAM-SHA256'],
      emptyChallenge: '+ ',
      authorizationIdentity: 'ignored',
      cramChallenge: ({ nonce }) => `<${Number(nonce).toString(16).toUpperCase().padStart(32, '0')}@${host}>`,
    },
    policies: {
      ...standardPolicies,
      lock: 'shared',
      idle: { AUTHORIZATION: 60_000, TRANSACTION: 300_000 },
      loginTime: 60_000,
      connections,
      samePassword: (given, kept) => significant(given) === significant(kept),
      size: sizeAsStored,
      uniqueId: ({ serial, validity }) => `UID${serial}-${validity}`,
      internationalized: courierWrapping,
      stlsAfterUtf8: 'allowed',
      // RETR renames the file of a message that was not seen before.
      retrieval: 'renames',
      delays: delays ? { 'login.refused': 5000, 'auth.refused': 5000, 'auth.unknown': 5000, 'auth.initial': 5000 } : {},
      closesAfter: ['greeting.crowded', 'login.overlong'],
    },
  }
}

/** Octets of a name and a password that it can pass on. */
const credentialOctets = 8178

const space = 0x20

function credentials(name: string, password: string): 'login.overlong' | 'login.refused' | undefined {
  const octets = encodeText(name + password)
  if (octets.length > credentialOctets) return 'login.overlong'
  // Nothing with a control character in it is looked up.
  return octets.some((octet) => octet < space) ? 'login.refused' : undefined
}

/** Of a password only eight octets count: `userdbpw` keeps it as crypt(3) did by tradition. */
const significant = (password: string): string => encodeText(password).subarray(0, 8).join()

function capabilities({ stls }: CapabilityFacts, mechanisms: readonly string[]): string[] {
  return [
    ...(mechanisms.length > 0 ? [`SASL ${mechanisms.join(' ')}`] : []),
    ...(stls ? ['STLS'] : []),
    'TOP',
    'USER',
    // It is not enforced.
    'LOGIN-DELAY 10',
    'PIPELINING',
    'UIDL',
    'UTF8 USER',
    'IMPLEMENTATION Courier Mail Server',
  ]
}

/** What it says; what it never says is what `strict` says. */
const texts: PersonaTexts = {
  ...strict.texts,
  greeting: 'Hello there.',
  'greeting.crowded': undefined,
  'command.unknown': 'Invalid command.',
  'command.state': 'Invalid command.',
  'message.none': 'Invalid message number.',
  'message.deleted': 'Invalid message number.',
  'message.gone': "Can't open the message file - it's gone!",
  'login.ok': 'logged in.',
  'login.refused': 'Login failed.',
  'login.overlong': 'Temporary problem, please try again later',
  'user.ok': 'Password required.',
  'pass.userFirst': 'USER/PASS required.',
  'auth.unknown': 'Authentication failed.',
  'auth.initial': 'Authentication failed.',
  'auth.base64': 'Authentication aborted.',
  'auth.initialBase64': 'Authentication aborted.',
  'auth.malformed': 'Authentication aborted.',
  'auth.cancelled': 'Authentication aborted.',
  'auth.refused': 'Authentication failed.',
  'stls.ok': 'Begin SSL/TLS negotiation now.',
  'stls.failed': 'STARTTLS failed: ip=[::ffff:127.0.0.1], An unexpected TLS packet was received.',
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
  'utf8.ok': 'UTF8 enabled',
  'quit.beforeLogin': 'Better luck next time.',
  'quit.ok': 'Bye-bye.',
  'quit.incomplete': 'Bye-bye.',
  idle: undefined,
}
