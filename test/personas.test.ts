/** Personas are measured: how many captured cases of the real server does one answer byte for byte? */
import { readFileSync } from 'node:fs'
import { type PersonaName, setupPop3Server } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { type CapturedCase, replay } from './captured-session.ts'

const folder = new URL('../fixtures/real-servers/', import.meta.url)

const messages = [1, 2, 3, 4, 5, 6, 7].map((number) => {
  const octets = readFileSync(new URL(`messages/${number}.eml`, folder))
  // Message 7 was stored without a line end at its end.
  return number === 7 ? octets.subarray(0, -2) : octets
})

interface Measurement {
  readonly persona: PersonaName
  /** Makes unique-ids of two runs the same. */
  readonly same: (text: string) => string
  /** The cases that are not answered as captured, with the reason. */
  readonly otherwise: Readonly<Record<string, readonly string[]>>
}

const measurements: readonly Measurement[] = [
  {
    persona: 'courier',
    same: (text) => text.replaceAll(/UID(\d+)-\d+/g, 'UID$1-validity'),
    otherwise: {
      'AUTH is not there yet': [
        'auth-cram-md5',
        'auth-login',
        'auth-login-ir',
        'auth-plain-badb64',
        'auth-plain-badb64-ir',
        'auth-plain-cancel',
        'auth-plain-cont',
        'auth-plain-empty-cont',
        'auth-plain-ir',
        'auth-plain-lower',
        'auth-plain-nonuls',
        'auth-plain-other-authzid',
        'auth-plain-wrong',
        'auth-unknown-mech',
        'auth-xoauth2',
      ],
      'STLS and UTF8 are not there yet, so they are not announced': [
        'capa-arg',
        'capa-auth',
        'capa-lower',
        'capa-trans',
        'pop3s-plaintext',
        'stls',
        'stls-after-user',
        'user-capa-pass',
        'utf8-trans',
      ],
      'a NUL swallows the end of its line': ['nul-arg-trans', 'nul-auth'],
      'the octets of the ClientHello are not in the capture': ['tls-hello-on-plain'],
    },
  },
]

test.each(measurements)('$persona answers the captured cases byte for byte', async ({ persona, same, otherwise }) => {
  const captured = readFileSync(new URL(`${persona}.jsonl`, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as CapturedCase)
  const differences = new Map<string, string>()
  for (const one of captured) {
    const maildrops = { alice: { password: 'wonderland', messages }, bob: { password: 'builder' } }
    await using server = setupPop3Server({ persona, clock: 'virtual', maildrops })
    const difference = await replay(one, server, same)
    if (difference !== undefined) differences.set(one.case, difference)
  }
  const answered = captured.length - differences.size
  const share = ((100 * answered) / captured.length).toFixed(1)
  console.info(`${persona}: ${answered} of ${captured.length} cases byte for byte (${share} %)`)
  const reasons = Object.entries(otherwise).map(([reason, cases]) => `  ${reason}: ${cases.join(' ')}`)
  console.info(reasons.join('\n'))
  expect([...differences.keys()].toSorted(), [...differences].join('\n')).toEqual(
    Object.values(otherwise).flat().toSorted(),
  )
})
