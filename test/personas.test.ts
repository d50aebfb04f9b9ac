/** Personas are measured: how many captured cases of the real server does one answer byte for byte? */
import { readFileSync } from 'node:fs'
import {
  type MaildropInit,
  type Persona,
  type PersonaName,
  courier,
  cyrus,
  dovecot,
  setupPop3Server,
} from '@pop3kit/server'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readCases } from '../scripts/real-servers/captured-case.ts'
import { replay } from './captured-session.ts'

const folder = new URL('../fixtures/real-servers/', import.meta.url)

const messages = [1, 2, 3, 4, 5, 6, 7].map((number) => {
  const octets = readFileSync(new URL(`messages/${number}.eml`, folder))
  // Message 7 was stored without a line end at its end.
  return number === 7 ? octets.subarray(0, -2) : octets
})

interface Measurement {
  /** The name of the captures. */
  readonly captures: string
  readonly persona: PersonaName | Persona
  /** Whether the passwords are secrets for APOP, too. */
  readonly apop?: true
  /** The cases that are not answered as captured, with the reason. */
  readonly otherwise: Readonly<Record<string, readonly string[]>>
}

const anotherHello = 'another ClientHello was sent: to this one the server says as much'

const courierFull = courier({ mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'CRAM-SHA1'] })

const cyrusFull = cyrus({
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'DIGEST-MD5', 'SCRAM-SHA-1-PLUS', 'SCRAM-SHA-1'],
  apop: true,
})

const cyrusRest = {
  'an empty name is a failure of its own': ['auth-login-empty-user', 'auth-plain-empty-user'],
  'the end of an exchange that is broken off by half-closing is answered': ['half-close-auth-plain'],
}

const dovecotFull = dovecot({
  mechanisms: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'DIGEST-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'],
  apop: true,
  lockSession: true,
  last: true,
})

const dovecotRest = {
  'it had read a few octets beyond its limit, and closes where this one resets': [
    'auth-plain-ir-8205',
    'auth-plain-cont-8194',
  ],
  'behind a handshake that fails it closes where this one resets': ['stls-inject-part'],
  'when it crashes on a colon, what it was about to answer before is lost as well': [
    'http-trans',
    'http-post-trans',
    'colon-pipelined',
  ],
}

/** The rows of the tables on the page about personas. */
const documented = readFileSync(new URL('../docs/personas.md', import.meta.url), 'utf8')
  .split('\n')
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  )

const measurements: readonly Measurement[] = [
  { captures: 'courier', persona: 'courier', otherwise: {} },
  {
    captures: 'courier-more',
    persona: 'courier',
    otherwise: { 'the answer took five seconds, and nobody waited for it': ['pass-nul', 'half-close-auth-plain'] },
  },
  { captures: 'courier-full', persona: courierFull, otherwise: {} },
  { captures: 'courier-full-more', persona: courierFull, otherwise: {} },
  { captures: 'dovecot', persona: 'dovecot', otherwise: {} },
  { captures: 'dovecot-more', persona: 'dovecot', otherwise: dovecotRest },
  { captures: 'dovecot-full', persona: dovecotFull, apop: true, otherwise: {} },
  { captures: 'dovecot-full-more', persona: dovecotFull, apop: true, otherwise: {} },
  { captures: 'cyrus', persona: 'cyrus', otherwise: { [anotherHello]: ['tls-hello-on-plain'] } },
  { captures: 'cyrus-more', persona: 'cyrus', otherwise: cyrusRest },
  { captures: 'cyrus-full', persona: cyrusFull, apop: true, otherwise: { [anotherHello]: ['tls-hello-on-plain'] } },
  {
    captures: 'cyrus-full-more',
    persona: cyrusFull,
    apop: true,
    otherwise: {
      'a digest that is too short is no message of CRAM-MD5 here': ['auth-cram-md5-short'],
      'there is no channel binding here': ['auth-scram-sha-1-binding-p'],
      'behind the last message of SCRAM it takes a client for one who is logged in': ['auth-scram-sha-1-cancel-last'],
    },
  },
]

test.each(measurements)('the cases of $captures are answered byte for byte', async ({ captures, ...measurement }) => {
  const { persona, apop = false, otherwise } = measurement
  const cases = readCases(fileURLToPath(new URL(`${captures}.jsonl`, folder)))
  const differences = new Map<string, string>()
  for (const one of cases) {
    const secret = (password: string): MaildropInit => ({ password, apopSecret: apop ? password : undefined })
    const maildrops = { alice: { ...secret('wonderland'), messages }, bob: secret('builder') }
    await using server = setupPop3Server({ persona, clock: 'virtual', maildrops })
    const difference = await replay(one, server)
    if (difference !== undefined) differences.set(one.case, difference)
  }
  const answered = cases.length - differences.size
  const share = ((100 * answered) / cases.length).toFixed(1)
  const reasons = Object.entries(otherwise).map(([reason, names]) => `\n  ${reason}: ${names.join(' ')}`)
  const row = [`\`${captures}\``, answered, cases.length, `${share} %`]
  console.info(`| ${row.join(' | ')} |${reasons.join('')}`)
  const listed = Object.values(otherwise).flat()
  expect([...differences.keys()].toSorted(), [...differences].join('\n')).toEqual(listed.toSorted())
  expect(documented, 'the table in docs/personas.md').toContainEqual(row.map(String))
})
