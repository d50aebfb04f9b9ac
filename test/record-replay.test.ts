/** Sessions of real clients through `pop3kit record`, served again, and with one line of the transcript changed. */
import { type ChildProcess, type ChildProcessByStdio, execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Pop3Client, isPop3Error } from '@pop3kit/client'
import { walkthroughMailbox } from '@pop3kit/mailbox'
import { fault, pop3, setupPop3Server } from '@pop3kit/server'
import { formatTranscript, parseTranscript, replayTranscript } from '@pop3kit/transcript'
import { afterEach, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../packages/cli/dist/main.mjs', import.meta.url))

const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

interface Address {
  readonly host: string
  readonly port: number
}

interface Login {
  readonly user: string
  readonly pass: string
}

/** Fetches all mail and says what came of it, the same text when the same came. */
type Client = (address: Address, login: Login) => Promise<string>

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'pop3kit-'))
  cleanUps.push(() => rm(path, { recursive: true }))
  return path
}

/** The program, in a process of its own, with the port that its first line tells. */
async function start(
  ...args: string[]
): Promise<{ child: ChildProcessByStdio<null, Readable, Readable>; port: number }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  cleanUps.push(() => child.kill('SIGKILL'))
  for await (const line of createInterface(child.stdout)) {
    return { child, port: Number(/127\.0\.0\.1:(\d+)/.exec(line)?.[1]) }
  }
  throw new Error('The program ended before it listened')
}

async function stop(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  return (await ended)[0]
}

/** What a client said and heard of a server, as a transcript, and what came of it. */
async function record(
  upstream: Address,
  login: Login,
  client: Client,
  ...options: readonly string[]
): Promise<{ text: string; outcome: string }> {
  const file = join(await folder(), 'session.pop3')
  const { child, port } = await start(
    'record',
    '--upstream',
    `${upstream.host}:${upstream.port}`,
    '-o',
    file,
    ...options,
  )
  const outcome = await client({ host: '127.0.0.1', port }, login)
  expect(await stop(child)).toBe(0)
  expect((await stat(file)).mode & 0o077).toBe(0)
  return { text: await readFile(file, 'utf8'), outcome }
}

/** Lets a client meet a transcript. */
async function replay(text: string, login: Login, client: Client): Promise<string> {
  await using server = setupPop3Server(replayTranscript(parseTranscript(text)))
  await server.listen()
  return await client({ host: server.host, port: server.port }, login)
}

/** The pieces in which a server speaks. */
const piecesOf = (text: string): string[] =>
  parseTranscript(text).sessions.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'reply' ? [Buffer.from(event.octets).toString('latin1')] : [])),
  )

/** Changes what the server answers to one command. */
function edit(text: string, command: string, change: (answer: string) => string): string {
  const [before = '', after = ''] = text.split(new RegExp(`(?<=^C: ${command}\n)`, 'm'))
  const end = after.search(/^C: /m)
  const edited = before + change(after.slice(0, end)) + after.slice(end)
  expect(edited).not.toBe(text)
  return edited
}

/** The terminator never comes; the connection stays open. */
const unterminated = (text: string, command: string): string =>
  edit(text, command, (answer) => answer.replace(/^S: \.\n(?![^]*^S: \.\n)/m, ''))

/** M65: the server closes in the middle of the listing. */
const closedInside = (text: string, command: string): string =>
  edit(text, command, (answer) => answer.replace(/^S: 3 [^]*/m, '-- S closes\n'))

/** Our client, and the pieces in which it hears. */
const ours =
  (pieces: string[] = []): Client =>
  async ({ host, port }, auth) => {
    const socket = connect(port, host)
    socket.on('data', (octets: Buffer) => pieces.push(octets.toString('latin1')))
    const outcome: string[] = []
    try {
      const client = await Pop3Client.connect({ transport: socket, host: 'localhost', auth, timeout: 300 })
      for await (const message of client.messages()) {
        outcome.push(`${message.uidl}: ${Buffer.from(await message.bytes()).toString('latin1')}`)
      }
      await client.quit()
    } catch (error) {
      if (!isPop3Error(error)) throw error
      outcome.push(`${error.code}: ${error.message}`)
    }
    socket.destroy()
    return outcome.join('\n')
  }

const poplib: Client = async ({ host, port }, { user, pass }) => {
  const script = [
    'import poplib, sys',
    'try:',
    '    server = poplib.POP3(sys.argv[1], int(sys.argv[2]), timeout=1)',
    '    server.user(sys.argv[3]); server.pass_(sys.argv[4])',
    '    print(server.uidl())',
    '    for number in range(1, server.stat()[0] + 1): print(server.retr(number))',
    '    print(server.quit())',
    'except Exception as error: print(repr(error))',
  ].join('\n')
  return (await promisify(execFile)('python3', ['-c', script, host, String(port), user, pass])).stdout
}

/** Keeps the mail on the server, and begins anew each time. */
const fetchmail: Client = async ({ host, port }, { user, pass }) => {
  const home = await folder()
  const settings = [
    `set idfile '${home}/seen'`,
    `poll ${host} service ${port} protocol POP3 timeout 2 uidl`,
    `  user '${user}' password '${pass}' sslproto '' keep no rewrite mda 'cat > ${home}/$$.eml'`,
  ]
  await writeFile(join(home, 'fetchmailrc'), `${settings.join('\n')}\n`, { mode: 0o600 })
  const { status } = await new Promise<{ status: unknown }>((resolve) => {
    const child = spawn('fetchmail', ['--fetchmailrc', join(home, 'fetchmailrc'), '--nodetach', '--nosyslog'], {
      env: { ...process.env, FETCHMAILHOME: home },
      stdio: 'ignore',
    })
    child.once('exit', (code) => resolve({ status: code }))
  })
  const mails = (await readdir(home)).filter((name) => name.endsWith('.eml'))
  const texts = await Promise.all(mails.map((name) => readFile(join(home, name), 'latin1')))
  // What it adds says when it was fetched.
  const contents = texts.map((text) => text.replace(/^Received: from .*\n\tby .*fetchmail[^;]*;.*\n/m, '')).toSorted()
  return [`status ${String(status)}`, ...contents].join('\n')
}

const has = (command: string): boolean => spawnSync(command, ['--version']).error === undefined

test('our client: the same octets in the same pieces, and no password in the transcript', async () => {
  const { maildrops } = await walkthroughMailbox()
  await using dovecot = setupPop3Server({ maildrops, persona: 'dovecot' })
  await dovecot.listen()
  const login = { user: 'myusername', pass: 'mypassword' }
  const heard: string[] = []
  const { text, outcome } = await record(dovecot, login, ours(heard))
  expect(outcome.split('\n').length).toBeGreaterThan(500)
  expect(text).not.toMatch(/mypassword|AG15dXNlcm5hbWUAbXlwYXNzd29yZA/)

  const again: string[] = []
  expect(await replay(text, login, ours(again))).toBe(outcome)
  expect(again).toEqual(piecesOf(text))
  expect(again.join('')).toBe(heard.join(''))
})

test('poplib: the same mail, from the program in a process of its own, too', async (context) => {
  if (!has('python3')) context.skip('python3 is not installed')
  const { maildrops } = await walkthroughMailbox()
  await using dovecot = setupPop3Server({ maildrops, persona: 'dovecot' })
  await dovecot.listen()
  const login = { user: 'myusername', pass: 'mypassword' }
  const { text, outcome } = await record(dovecot, login, poplib)
  expect(text).toContain('C: PASS ***\n')
  expect(outcome).toContain('Return-Path')
  expect(await replay(text, login, poplib)).toBe(outcome)

  const file = join(await folder(), 'session.pop3')
  await writeFile(file, text)
  const { child, port } = await start('replay', file)
  expect(await poplib({ host: '127.0.0.1', port }, login)).toBe(outcome)
  expect(await stop(child)).toBe(0)
})

test('what the mock recorded behind STLS is served again behind STLS', async () => {
  const { maildrops } = await walkthroughMailbox()
  await using mock = setupPop3Server({ maildrops, persona: 'dovecot' })
  await mock.listen()
  const fetchFirst = async ({ port }: Address): Promise<string> => {
    const auth = { user: 'myusername', pass: 'mypassword' }
    const tls = { mode: 'starttls', ca: await mock.certificateAuthority() } as const
    const client = await Pop3Client.connect({ host: 'localhost', port, tls, auth })
    const message = await client.retr(3)
    await client.quit()
    return Buffer.from(message).toString('latin1')
  }
  const message = await fetchFirst(mock)
  const text = formatTranscript(mock.sessions)
  expect(text).toMatch(/^C: STLS\nS: \+OK.*\n-- TLS\nC: CAPA\n/m)
  await using server = setupPop3Server(replayTranscript(parseTranscript(text)))
  await server.listen()
  expect(await fetchFirst(server)).toBe(message)
})

test('where the mock reset a connection, its replay does, behind the same octets', async () => {
  await using mock = setupPop3Server()
  mock.use(pop3.command('XTND', fault.reset({ octet: 5 })))
  await mock.listen()
  const hear = async ({ host, port }: Address): Promise<string> => {
    const socket = connect(port, host)
    let heard = ''
    socket.on('data', (octets: Buffer) => (heard += octets.toString('latin1')))
    await once(socket, 'data')
    socket.write('XTND\r\n')
    const [error] = (await once(socket, 'error', { signal: AbortSignal.timeout(5000) })) as [Error]
    return `${heard} ${error.message}`
  }
  const heard = await hear(mock)
  expect(heard).toBe('+OK POP3 server ready\r\n-ERR  read ECONNRESET')
  const text = formatTranscript(mock.sessions)
  expect(text).toMatch(/C: XTND\n# handler: XTND\nS: -ERR\\x20\\\n# fault: reset\(.*\)\n-- S resets\n$/)
  await using again = setupPop3Server(replayTranscript(parseTranscript(text)))
  await again.listen()
  expect(await hear(again)).toBe(heard)
})

test.each([
  [['replay', 'no-such.pop3'], /^pop3kit: Cannot read "no-such\.pop3": ENOENT/],
  [
    ['replay', program],
    /^pop3kit: Cannot read ".*main\.mjs": line \d+, column 1: there is ".*"; expected a line that begins/,
  ],
  [['record', '--upstream', 'localhost'], /^pop3kit: required option '-o, --output <file>' not specified/],
  [['record', '--upstream', 'localhost', '-o', '/no/such/file'], /^pop3kit: Cannot write "\/no\/such\/file": ENOENT/],
  [['record', '--upstream', 'localhost', '-o', 'x', '--redact', 'all'], /Expected "addresses", "bodies" or/],
])('%j ends with status 2', (args, message) => {
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  expect(stderr).toMatch(message)
  expect(status).toBe(2)
})

test('what is private is in no file, and the sizes are still true', async () => {
  const maildrops = {
    'alice@example.com': { password: 'wonderland', messages: ['From: bob@example.net\r\n\r\n.secret\r\n'] },
  }
  await using mock = setupPop3Server({ maildrops, persona: 'dovecot' })
  await mock.listen()
  const login = { user: 'alice@example.com', pass: 'wonderland' }
  const { text } = await record(mock, login, ours(), '--redact', 'addresses,bodies')
  expect(text).toMatch(/^S: From: xxxxxxxxxxx\.xxx\nS:\nS: \.\.xxxxxx\nS: \.$/m)
  expect(text).not.toMatch(/alice|bob|example|secret|wonderland/)
  expect(await replay(text, login, ours())).toContain('xxxxxx')
})

test('a program that replays ends with status 1 when a client did something else', async () => {
  const file = join(await folder(), 'session.pop3')
  await writeFile(file, 'S: +OK\nC: USER alice\nS: +OK\n')
  const { child, port } = await start('replay', file, '--json')
  const socket = connect(port, '127.0.0.1')
  socket.end('CAPA\r\n')
  expect((await socket.toArray()).join('')).toMatch(/^\+OK\r\n-ERR /)
  const said = child.stderr.toArray()
  expect(await stop(child)).toBe(1)
  expect((await said).join('')).toMatch(/^pop3kit: [^]*\n- C: USER alice\n\+ C: CAPA\n$/)
})

const edits: [string, (text: string) => string, Record<'ours' | 'poplib' | 'fetchmail', RegExp>][] = [
  [
    'M1: the terminator of a message never comes',
    (text) => unterminated(text, String.raw`(?:RETR 2|TOP 2 \d+)`),
    { ours: /POP3_TIMEOUT: .*$/, poplib: /TimeoutError|timeout/, fetchmail: /^status [^0]/ },
  ],
  [
    'M65: the server closes inside UIDL',
    (text) => closedInside(text, 'UIDL'),
    { ours: /^POP3_CLOSED: .*$/, poplib: /error_proto\('-ERR EOF'\)/, fetchmail: /^status [^0]/ },
  ],
]

test.each(edits)(
  '%s: our client, poplib and fetchmail fail the same way each time',
  async (_what, change, failures) => {
    const { maildrops } = await walkthroughMailbox()
    await using dovecot = setupPop3Server({ maildrops, persona: 'dovecot' })
    await dovecot.listen()
    const login = { user: 'myusername', pass: 'mypassword' }
    const clients = { ours: ours(), ...(has('python3') && { poplib }), ...(has('fetchmail') && { fetchmail }) }
    for (const [name, client] of Object.entries(clients)) {
      const { text } = await record(dovecot, login, client)
      const edited = change(text)
      const outcomes = [
        await replay(edited, login, client),
        await replay(edited, login, client),
        await replay(edited, login, client),
      ]
      expect(outcomes[0]).toMatch(failures[name as keyof typeof failures])
      expect(new Set(outcomes).size).toBe(1)
    }
  },
)

/** Set by `pnpm real-servers`. */
const { POP3_SERVER, POP3_HOST, POP3_PORT } = process.env

const real = 'pnpm real-servers dovecot -- pnpm exec vitest run --project integration test/record-replay.test.ts'

for (const [name, client, failure] of [
  ['our client', ours(), /POP3_TIMEOUT/],
  ['fetchmail', fetchmail, /^status [^0]/],
] as const) {
  test(`a real server with ${name}: the same mail, and the same failure each time`, async (context) => {
    if (POP3_HOST === undefined) context.skip(`no real server runs: ${real}`)
    if (name === 'fetchmail' && !has('fetchmail')) context.skip('fetchmail is not installed')
    const login = { user: 'alice', pass: 'wonderland' }
    const { text, outcome } = await record({ host: POP3_HOST ?? '', port: Number(POP3_PORT) }, login, client)
    expect(text, POP3_SERVER).not.toContain('wonderland')
    expect(await replay(text, login, client)).toBe(outcome)
    const edited = unterminated(text, String.raw`(?:RETR 2|TOP 2 \d+)`)
    const outcomes = [await replay(edited, login, client), await replay(edited, login, client)]
    expect(outcomes[0]).toMatch(failure)
    expect(new Set(outcomes).size).toBe(1)
  })
}
