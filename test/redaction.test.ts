/** Secrets are in nothing that the kit shows: transcripts, entries, events, errors, inspected objects, recorded files. */
import { createHash } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { inspect } from 'node:util'
import { Pop3Client, type Pop3Auth } from '@pop3kit/client'
import {
  type Entry,
  type Pop3Server,
  type Pop3ServerOptions,
  fault,
  personaNames,
  pop3,
  reply,
  setupPop3Server,
} from '@pop3kit/server'
import { TranscriptRecorder, formatTranscript } from '@pop3kit/transcript'
import { expect, test } from 'vitest'

const user = 'alice'
const pass = 'Ope-n ses%ame 7'
const accessToken = 'ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg'
/** A password that is not the right one is a secret, too: it may be that of something else, or a typing error away. */
const wrong = 'Mistyp?ed 4t all'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** Every form in which a secret may go over the wire, as far as it is always the same. */
const forms: readonly string[] = [pass, wrong, accessToken].flatMap((secret) => [
  secret,
  base64(secret),
  base64(`\0${user}\0${secret}`),
  base64(`${user}\0${user}\0${secret}`),
  base64(`user=${user}\x01auth=Bearer ${secret}\x01\x01`),
  base64(`n,a=${user},\x01auth=Bearer ${secret}\x01\x01`),
])

const server = (options: Pop3ServerOptions = {}): Pop3Server =>
  setupPop3Server({
    maildrops: { [user]: { password: pass, apopSecret: pass, accessTokens: [accessToken], messages: ['hello\r\n'] } },
    ...options,
  })

/** Whatever is shown anywhere while something runs, and at its end. */
class Exhibition {
  readonly #shown: string[] = []
  /** What the client sent that only its kind tells: digests, proofs, responses. */
  readonly #sent: string[] = []
  readonly #server: Pop3Server

  constructor(served: Pop3Server) {
    this.#server = served
    served.on('*', (entry: Entry) => this.show(entry))
  }

  /** Shows a thing in every way that a program or a test runner has. */
  show(thing: unknown): void {
    this.#shown.push(inspect(thing, { depth: Infinity, showHidden: true, getters: false, maxStringLength: Infinity }))
    this.#shown.push(String(thing), JSON.stringify(thing) ?? '')
    const octets: unknown = typeof thing === 'object' && thing !== null && 'octets' in thing ? thing.octets : undefined
    if (octets instanceof Uint8Array) this.#shown.push(Buffer.from(octets).toString('latin1'))
    if (thing instanceof Error) {
      this.#shown.push(thing.message, thing.stack ?? '')
      if (thing.cause !== undefined) this.show(thing.cause)
    }
  }

  /** Hears what a client sends. */
  tap(stream: Duplex): Duplex {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean
    stream.write = (...args: unknown[]): boolean => {
      this.#sent.push(Buffer.from(args[0] as Uint8Array).toString('latin1'))
      return write(...args)
    }
    return stream
  }

  /** Grep: nothing of all that has a secret in it, in any case. */
  async close(): Promise<void> {
    const { sessions } = this.#server
    this.#shown.push(
      this.#server.transcript(),
      formatTranscript(sessions),
      ...sessions.map((each) => each.transcript()),
    )
    for (const { entries, commands } of sessions) this.#shown.push(JSON.stringify({ entries, commands }))
    for (const thing of [this.#server, sessions, this.#server.maildrop(user), this.#server.listHandlers()]) {
      this.show(thing)
    }
    await this.#server.close().catch((error: unknown) => this.show(error))
    const all = this.#shown.join('\n').toLowerCase()
    for (const secret of [...forms, ...this.#responses()]) {
      expect(all.includes(secret.toLowerCase()), `"${secret}" is shown: ${around(all, secret.toLowerCase())}`).toBe(
        false,
      )
    }
  }

  /** The arguments of PASS, APOP and AUTH, and every line that is no command. */
  #responses(): string[] {
    return this.#sent
      .join('')
      .split(/\r\n/)
      .map((line) => /^(?:PASS |APOP \S+ |AUTH \S+ )(.+)$/i.exec(line)?.[1] ?? (isCommand(line) ? '' : line))
      .filter((secret) => secret.length > 2)
  }
}

const isCommand = (line: string): boolean => /^(?:USER|PASS|APOP|AUTH|CAPA|NOOP|QUIT|STLS|UTF8|LANG)\b/i.test(line)

const around = (text: string, secret: string): string => {
  const at = text.indexOf(secret)
  return text.slice(Math.max(0, at - 100), at + secret.length + 50)
}

const mechanisms = ['USER', 'APOP', 'PLAIN', 'LOGIN', 'CRAM-MD5', 'SCRAM-SHA-1', 'SCRAM-SHA-256'] as const

const logins: readonly [string, Pop3Auth][] = [
  ...mechanisms.flatMap((mechanism): [string, Pop3Auth][] => [
    [mechanism, { user, pass, mechanism }],
    [`${mechanism}, with a wrong password`, { user, pass: wrong, mechanism }],
  ]),
  ...(['XOAUTH2', 'OAUTHBEARER'] as const).flatMap((mechanism): [string, Pop3Auth][] => [
    [mechanism, { user, accessToken, mechanism }],
    [`${mechanism}, with a wrong token`, { user, accessToken: 'ya29.expired-at-noon', mechanism }],
  ]),
  ['any mechanism', { user, pass }],
  ['any mechanism, with a wrong password', { user, pass: wrong }],
]

test.each(logins)('our client logs in by %s', async (_name, auth) => {
  const served = server()
  const exhibition = new Exhibition(served)
  const client = new Pop3Client({ transport: exhibition.tap(served.connect()) })
  exhibition.show(client)
  const login = client.login(auth)
  exhibition.show(client)
  await login.catch((error: unknown) => exhibition.show(error))
  exhibition.show(client)
  await client.close()
  await exhibition.close()
})

test('our client fails in the middle of a login: cut, refused, without a word', async () => {
  for (const fails of [fault.cut('start'), fault.err('no'), fault.status('+WHAT'), fault.reset('start')]) {
    for (const place of [pop3.pass(fails), pop3.apop(fails), pop3.auth(fails), pop3.response(fails)]) {
      const served = server({ handlers: [place] })
      const exhibition = new Exhibition(served)
      for (const mechanism of mechanisms) {
        const client = new Pop3Client({ transport: exhibition.tap(served.connect()) })
        await client.login({ user, pass, mechanism }).catch((error: unknown) => exhibition.show(error))
        exhibition.show(client)
        await client.close()
      }
      await exhibition.close()
    }
  }
})

test("EXTERNAL, with a name that is nobody else's business", async () => {
  const served = server({ tls: { clientCertificates: 'require' } })
  await served.listen({ tls: 'implicit' })
  const { cert, key } = await served.clientCertificate(user)
  const exhibition = new Exhibition(served)
  const client = await Pop3Client.connect({
    host: 'localhost',
    port: served.port,
    tls: { mode: 'implicit', ca: await served.certificateAuthority(), cert, key },
    auth: { user, mechanism: 'EXTERNAL' },
  })
  exhibition.show(client)
  await client.quit()
  expect(served.transcript()).toMatch(/C: AUTH EXTERNAL/)
  expect(served.transcript()).not.toContain(base64(user))
  await exhibition.close()
})

const plain = base64(`\0${user}\0${pass}`)
const [half, rest] = [plain.slice(0, 20), plain.slice(20)]

/** What somebody types, piece by piece. */
const typed: readonly [string, readonly string[]][] = [
  ['PASS in two pieces', [`USER ${user}\r\nPASS ${pass.slice(0, 5)}`, `${pass.slice(5)}\r\n`]],
  ['PASS octet by octet', [`USER ${user}\r\n`, ...Array.from(`PASS ${pass}\r\n`)]],
  ['PASS in lower case, in mixed case', [`user ${user}\r\npass ${pass}\r\n`, `pAsS ${pass}\r\n`]],
  ['PASS behind a tab, behind blanks', [`PASS\t${pass}\r\nPASS   ${pass}\r\n  PASS ${pass}\r\n`]],
  ['PASS before USER, and after the login', [`PASS ${pass}\r\nUSER ${user}\r\nPASS ${pass}\r\nPASS ${wrong}\r\n`]],
  ['PASS that is never ended', [`USER ${user}\r\nPASS ${pass}`]],
  ['PASS that ends with a bare LF, with a bare CR', [`USER ${user}\nPASS ${pass}\nNOOP\r\nPASS ${pass}\rNOOP\r\n`]],
  ['PASS with NULs and controls', [`\0PASS ${pass}\0\r\n\x07PASS ${pass}\r\n`]],
  ['PASS misspelt', [`PASSWORD ${pass}\r\nPASS:${pass}\r\nPASS${pass}\r\nPSS ${pass}\r\nLOGIN ${user} ${pass}\r\n`]],
  ['the password as a command', [`USER ${user}\r\n${pass}\r\n`, `${accessToken}\r\n${base64(pass)}\r\n`]],
  ['a long PASS', [`USER ${user}\r\nPASS ${'x'.repeat(300)}${pass}\r\nNOOP\r\n`]],
  [
    'a longer PASS',
    [`USER ${user}\r\nPASS ${'x'.repeat(9000)}${pass}\r\nNOOP\r\n`, `PASS ${`${pass} `.repeat(9000)}\r\n`],
  ],
  ['pipelined', [`CAPA\r\nUSER ${user}\r\nPASS ${pass}\r\nSTAT\r\nQUIT\r\n`]],
  ['APOP with a digest of nothing', [`APOP ${user} ${createHash('md5').update(pass).digest('hex')}\r\n`]],
  ['AUTH PLAIN with an initial response', [`AUTH PLAIN ${plain}\r\n`]],
  ['AUTH PLAIN with a wrong one', [`AUTH PLAIN ${base64(`\0${user}\0${wrong}`)}\r\n`]],
  ['AUTH PLAIN in two pieces', [`AUTH PLAIN ${half}`, `${rest}\r\n`]],
  ['AUTH PLAIN with a response in two pieces', [`AUTH PLAIN\r\n`, half, `${rest}\r\n`]],
  ['AUTH PLAIN with a response sent ahead', [`AUTH PLAIN\r\n${plain}\r\nSTAT\r\n`]],
  ['AUTH PLAIN that is no base64', [`AUTH PLAIN ${pass}\r\n`, `AUTH PLAIN\r\n`, `${pass}\r\n`]],
  [
    'AUTH PLAIN with a response too many',
    [`AUTH PLAIN ${plain} ${plain}\r\n`, `AUTH PLAIN\r\n${plain}\r\n${plain}\r\n`],
  ],
  ['AUTH PLAIN that is never ended', [`AUTH PLAIN ${plain}`]],
  ['a response that is never ended', [`AUTH PLAIN\r\n`, plain]],
  ['AUTH that is cancelled, and the response behind it', [`AUTH PLAIN\r\n*\r\n${plain}\r\n`]],
  [
    'AUTH of an unknown mechanism, and the response behind it',
    [`AUTH WHATEVER\r\n${plain}\r\n`, `AUTH NTLM ${plain}\r\n`],
  ],
  ['AUTH LOGIN', [`AUTH LOGIN\r\n`, `${base64(user)}\r\n`, `${base64(pass)}\r\n`]],
  [
    'AUTH LOGIN sent ahead, with one response too many',
    [`AUTH LOGIN\r\n${base64(user)}\r\n${base64(pass)}\r\n${base64(pass)}\r\n`],
  ],
  ['AUTH LOGIN with a wrong one', [`AUTH LOGIN ${base64(user)}\r\n`, `${base64(wrong)}\r\n`]],
  ['AUTH XOAUTH2', [`AUTH XOAUTH2 ${base64(`user=${user}\x01auth=Bearer ${accessToken}\x01\x01`)}\r\n`]],
  ['AUTH OAUTHBEARER', [`AUTH OAUTHBEARER ${base64(`n,a=${user},\x01auth=Bearer ${accessToken}\x01\x01`)}\r\n`]],
  ['AUTH when somebody is logged in', [`USER ${user}\r\nPASS ${pass}\r\nAUTH PLAIN ${plain}\r\n${plain}\r\n`]],
  ['a long response', [`AUTH PLAIN\r\n`, `${plain}${'A'.repeat(70_000)}\r\n`]],
]

/** What only somebody can find who knows the secrets. */
const outOfPlace: typeof typed = [
  ['PASS glued to USER', [`USER ${user} PASS ${pass}\r\nUSER ${user}PASS ${pass}\r\n`]],
  ['the password where a number is due', [`USER ${user}\r\nPASS ${pass}\r\nRETR ${pass}\r\nLIST ${accessToken}\r\n`]],
  ['the password as a name', [`USER ${pass}\r\nPASS ${user}\r\nAPOP ${pass} 0\r\n`]],
]

/** Says it all to a server, and shows what comes of it. */
async function say(pieces: readonly string[], options: Pop3ServerOptions): Promise<void> {
  const served = server({ clock: 'virtual', ...options })
  const exhibition = new Exhibition(served)
  const peer = served
    .connect()
    .on('error', () => {})
    .resume()
  for (const piece of pieces) {
    peer.write(Buffer.from(piece, 'latin1'))
    await served.clock.advance(0)
  }
  await served.clock.advance('1m')
  peer.destroy()
  await served.clock.advance(0)
  await exhibition.close()
}

test.each([...typed, ...outOfPlace])('somebody types %s, whomever the server answers like', async (_what, pieces) => {
  for (const persona of personaNames) await say(pieces, { persona })
})

test('handlers that refuse, that throw, and that answer with faults', async () => {
  for (const [, pieces] of [...typed, ...outOfPlace]) {
    await say(pieces, { handlers: [pop3.any(() => reply.err('not today'))] })
    await say(pieces, { handlers: [pop3.any(fault.slow(1))] })
    await say(pieces, {
      handlers: [
        pop3.any(() => {
          throw new Error('the handler has a mistake')
        }),
      ],
    })
  }
})

test('what is recorded between a client and a server', async () => {
  for (const persona of personaNames) {
    for (const [name, pieces] of typed) {
      const served = server({ clock: 'virtual', persona })
      let text = ''
      const session = new TranscriptRecorder({ write: (lines) => (text += lines) }).open()
      const peer = served.connect().on('error', () => {})
      peer.on('data', (octets: Buffer) => session.fromServer(octets))
      for (const piece of pieces) {
        session.fromClient(Buffer.from(piece, 'latin1'))
        peer.write(Buffer.from(piece, 'latin1'))
        await served.clock.advance(0)
      }
      session.finish()
      await served.close()
      for (const secret of forms) {
        const isShown = text.toLowerCase().includes(secret.toLowerCase())
        expect(isShown, `${persona}, ${name}: "${secret}": ${text}`).toBe(false)
      }
    }
  }
})
