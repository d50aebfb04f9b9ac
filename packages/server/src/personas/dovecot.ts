/** Dovecot 2.3.19.1 as Debian 12 has it, measured against its captured sessions. */
import { encodeBase64, encodeText } from '@pop3kit/codec'
import type { SaslMechanismName } from '../sasl/index.ts'
import { dovecotArguments } from './dovecot-arguments.ts'
import { dovecotBase64 } from './dovecot-base64.ts'
import { dovecotCommand, dovecotLines } from './dovecot-command.ts'
import { dovecotTexts } from './dovecot-texts.ts'
import type { CapabilityFacts, Persona, TextValues } from './persona.ts'
import { sizeAsStored } from './stored-size.ts'
import { standardCommands, standardPolicies } from './strict.ts'

/** How a Dovecot is set up. */
export interface DovecotOptions {
  /** The SASL mechanisms, in the order in which they are announced (`auth_mechanisms`). @default {['PLAIN', 'LOGIN']} */
  readonly mechanisms?: readonly SaslMechanismName[] | undefined
  /** Whether APOP is among the mechanisms; maildrops with an `apopSecret` can be entered by it. @default {false} */
  readonly apop?: boolean | undefined
  /** Whether a maildrop is for one session at a time (`pop3_lock_session`). @default {false} */
  readonly lockSession?: boolean | undefined
  /** Whether there is LAST (`pop3_enable_last`). @default {false} */
  readonly last?: boolean | undefined
  /** What it calls its host in APOP timestamps and challenges. @default {'mail.example.com'} */
  readonly host?: string | undefined
  /** Whether wrong credentials and locked maildrops cost the time they cost there, on the server's clock. @default {false} */
  readonly delays?: boolean | undefined
}

/**
 * The persona of a Dovecot. As it is set up by default it is also known by its name: `persona: 'dovecot'`.
 *
 * @example Meet a Dovecot that locks its maildrops
 * ```ts
 * import { dovecot, setupPop3Server } from '@pop3kit/server'
 * import assert from 'node:assert/strict'
 *
 * const server = setupPop3Server({
 *   persona: dovecot({ lockSession: true }),
 *   maildrops: { alice: { password: 'wonderland' } },
 * })
 * server.maildrop('alice').lock()
 *
 * const peer = server.connect()
 * peer.write('USER alice\r\nPASS wonderland\r\n')
 * let heard = ''
 * for await (const octets of peer) heard += String(octets)
 * assert.match(heard, /^-ERR \[IN-USE\] Mailbox is locked by another POP3 session\.\r\n$/m)
 * await server.close()
 * ```
 */
export function dovecot(options: DovecotOptions = {}): Persona {
  const { mechanisms = ['PLAIN', 'LOGIN'], apop = false, lockSession = false, last = false } = options
  const { host = 'mail.example.com', delays = false } = options
  return {
    name: 'dovecot',
    texts: dovecotTexts,
    commands: {
      ...standardCommands,
      APOP: ['AUTHORIZATION'],
      STLS: ['AUTHORIZATION'],
      AUTH: ['AUTHORIZATION'],
      XCLIENT: ['AUTHORIZATION'],
      XOIP: ['AUTHORIZATION'],
      ...(last ? { LAST: ['TRANSACTION'] } : {}),
    },
    capabilities,
    timestamp: apop ? (values) => timestamp(values, host) : undefined,
    languages: {},
    grammar: {
      ...dovecotLines,
      lineEndings: 'lenient',
      encoding: 'latin-1',
      command: dovecotCommand,
      // It names an event after the verb, and a colon in it is more than an assertion stands.
      crashesOn: ({ verb }, state) => state === 'TRANSACTION' && verb.includes(':'),
      unendedLine: 'drop',
      arguments: dovecotArguments(apop),
      userName: (name) => name.toLowerCase(),
      userHolds: 'until-pass',
      anotherUser: 'taken',
      readAhead: 'keep',
      readAheadOfTls: 'handshake',
    },
    sasl: {
      mechanisms,
      base64: dovecotBase64,
      emptyChallenge: '+ ',
      authorizationIdentity: 'repeated',
      takesName: (name) => /^[\w.@-]+$/.test(name),
      cramChallenge: ({ nonce, session }) => `<${nonce}.${session}@${host}>`,
      digestChallenge: ({ nonce }) =>
        `realm="",nonce="${randomBase64(nonce)}",qop="auth",charset="utf-8",algorithm="md5-sess"`,
    },
    policies: {
      ...standardPolicies,
      lock: lockSession ? 'exclusive' : 'shared',
      sessionsPerUser: 10,
      idle: { AUTHORIZATION: 180_000, TRANSACTION: 600_000 },
      size: sizeAsStored,
      uniqueId: ({ serial, validity }) => hexadecimal(serial) + hexadecimal(validity),
      last: 'maildrop',
      internationalized: 'send',
      badCommands: { AUTHORIZATION: 3, TRANSACTION: 21 },
      badTexts: [...standardPolicies.badTexts, 'message.none', 'message.deleted'],
      uncounted: ['AUTH'],
      delays: delays ? observedDelays : {},
      closesAfter: [...standardPolicies.closesAfter, 'login.locked'],
    },
  }
}

/** Milliseconds. For a lock it waits ten seconds and some more, between 10.6 and 12.4 in all. */
const observedDelays = { 'login.refused': 2000, 'auth.refused': 2000, 'auth.malformed': 2000, 'login.locked': 12_400 }

function capabilities({ state, stls, login, mechanisms }: CapabilityFacts): string[] {
  const always = ['CAPA', 'TOP', 'UIDL', 'RESP-CODES', 'PIPELINING', 'AUTH-RESP-CODE']
  if (state === 'TRANSACTION') return always
  return [...always, ...(stls ? ['STLS'] : []), ...(login ? ['USER'] : []), ['SASL', ...mechanisms].join(' ')]
}

/** Process, connection and time in hexadecimal digits, and something random. */
function timestamp({ session, nonce }: TextValues, host: string): string {
  return `<1.${session.toString(16)}.${Number(nonce).toString(16)}.${randomBase64(nonce)}@${host}>`
}

/** Sixteen octets, as it takes them for what nobody is to guess. */
const randomBase64 = (nonce: string): string => encodeBase64(encodeText(nonce.padStart(16, '0')))

const hexadecimal = (number: number): string => number.toString(16).padStart(8, '0')
