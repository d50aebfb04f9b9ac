/** The column of the mock: checked in clear and with implicit TLS, and, where it has a policy for it, with that. */
import { checkServer, type CheckServerOptions, type ConformanceReport } from '@pop3kit/conformance'
import { definePersona, setupPop3Server, type MaildropPolicies, type Persona } from '@pop3kit/server'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../lib/workspace.ts'
import { columnOf, type Column } from './column.ts'
import { messages } from '../real-servers/maildrop.ts'

/** Beside the seven: one that begins with a dot, and one whose header is in UTF-8. */
const more = ['dot-first-octet', 'eight-bit-utf-8'].map((name) =>
  readFileSync(join(workspace, `fixtures/mailboxes/edge-cases/${name}.eml`)),
)

const credentials = {
  user: 'alice',
  password: 'wonderland',
  accessToken: 'ya29.token',
  apopUser: 'dodgson',
  apopSecret: 'tanstaaf',
} as const

interface Way extends Pick<CheckServerOptions, 'only'> {
  readonly tls: 'none' | 'implicit' | 'starttls'
  readonly persona?: Persona
  readonly policies?: Partial<MaildropPolicies>
}

const withoutCleartext = definePersona({ name: 'strict', policies: { cleartextLogin: 'refused' } })

const ways: readonly [Way, ...Way[]] = [
  { tls: 'none' },
  { tls: 'implicit' },
  { tls: 'none', only: ['R50'], policies: { loginDelay: 60_000 } },
  { tls: 'starttls', only: ['R69'], persona: withoutCleartext },
]

/** Checks the mock anew. */
export async function strictColumn(): Promise<Column> {
  const [first, ...others] = ways
  return columnOf([await checkStrict(first), ...(await Promise.all(others.map(checkStrict)))])
}

async function checkStrict({ tls, only, persona, policies }: Way): Promise<ConformanceReport> {
  const known = [...messages, ...more]
  const { user, password, accessToken, apopUser, apopSecret } = credentials
  const server = setupPop3Server({
    clock: 'virtual',
    persona,
    maildrops: {
      [user]: { password, accessTokens: [accessToken], messages: known, policies },
      [apopUser]: { apopSecret },
    },
  })
  const report = await checkServer({
    ...credentials,
    messages: known,
    allowDeletions: true,
    tls: { mode: tls, rejectUnauthorized: false },
    connect: () => server.connect({ tls: tls === 'implicit' ? 'implicit' : 'none' }),
    wait: (ms) => server.clock.advance(ms),
    only,
  })
  await server.close()
  return report
}
