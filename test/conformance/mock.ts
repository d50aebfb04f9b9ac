/** The mock as a server to check: three maildrops' worth of what the checks need, and a way to make it wrong. */
import { checkServer, type CheckServerOptions, type ConformanceReport, type TlsMode } from '@pop3kit/conformance'
import { setupPop3Server, type Handler, type MaildropInit, type Persona, type Pop3Server } from '@pop3kit/server'
import type { Duplex } from 'node:stream'

/** A plain one, one that begins with a dot and lacks a last line end, one with dots inside, one whose header is in UTF-8. */
export const messages: readonly string[] = [
  'Subject: one\r\nFrom: a@example.org\r\n\r\nfirst\r\nsecond\r\nthird\r\nfourth\r\nfifth\r\n',
  '.dot: first\r\nSubject: two\n\nbody\nlines\nwithout\nlast\nend',
  'Subject: three\r\n\r\n.\r\n..\r\n.dot\r\nbody\r\n.\r\n',
  'Subject: thr\u00e9e\r\n\r\nbody\r\n',
]

export const credentials = {
  user: 'alice',
  password: 'wonderland',
  accessToken: 'ya29.token',
  apopUser: 'dodgson',
  apopSecret: 'tanstaaf',
} as const

const { password, accessToken, apopSecret } = credentials

/** What is wrong with a server. */
export interface Break {
  /** What answers wrongly. */
  readonly handlers?: (server: Pop3Server) => readonly Handler[]
  /** What is otherwise with the maildrop. */
  readonly maildrop?: MaildropInit
  /** Whom it answers like. */
  readonly persona?: Persona
  /** Stands between suite and server. */
  readonly between?: (stream: Duplex) => Duplex
  readonly tls?: TlsMode
  /** Whether suite and server talk over TCP, where a reset is another thing than an end. */
  readonly tcp?: boolean
  /** Other checks that cannot but fail for the same fault. */
  readonly also?: readonly string[]
  /** Why no other check is run: where every session is spoilt, all fail. */
  readonly alone?: string
}

/** Checks the mock, which has this fault, or none. */
export async function checkMock(
  { handlers, maildrop, persona, between, tls = 'none', tcp = false }: Break = {},
  options: Partial<CheckServerOptions> = {},
): Promise<ConformanceReport> {
  await using server = setupPop3Server({
    clock: 'virtual',
    persona,
    maildrops: {
      alice: { password, accessTokens: [accessToken], messages, ...maildrop },
      dodgson: { apopSecret, messages: [] },
    },
  })
  server.use(...(handlers?.(server) ?? []))
  if (tcp) await server.listen()
  return await checkServer({
    ...credentials,
    messages,
    allowDeletions: true,
    timeout: '3s',
    ...(tcp
      ? { host: server.host, port: server.port }
      : {
          connect: () => {
            const stream = server.connect({ tls: tls === 'implicit' ? 'implicit' : 'none' })
            return between?.(stream) ?? stream
          },
        }),
    wait: (ms) => server.clock.advance(ms),
    tls: { mode: tls, rejectUnauthorized: false },
    ...options,
  })
}

/** The checks that came to this, by id. */
export const idsOf = (report: ConformanceReport, outcome: string): string[] =>
  report.results.filter((result) => result.outcome === outcome).map(({ id }) => id)
