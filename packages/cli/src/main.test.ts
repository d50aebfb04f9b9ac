/** The program as a person starts it: the built one, in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { connect } from 'node:net'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectSecurely } from 'node:tls'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, onTestFinished, test } from 'vitest'

const program = fileURLToPath(new URL('../dist/main.mjs', import.meta.url))
const started: ChildProcess[] = []

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

class Program {
  readonly child: ChildProcess
  output = ''
  errors = ''
  readonly #lines: AsyncIterator<string>

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    started.push(this.child)
    const { stdout, stderr } = this.child
    if (stdout === null || stderr === null) throw new Error('No pipes')
    stdout.on('data', (octets: Buffer) => (this.output += octets.toString()))
    stderr.on('data', (octets: Buffer) => (this.errors += octets.toString()))
    this.#lines = createInterface(stdout)[Symbol.asyncIterator]()
  }

  async line(): Promise<string> {
    const { value, done } = await this.#lines.next()
    if (done === true) throw new Error(`The program ended: ${this.errors}`)
    return value
  }

  async status(): Promise<unknown> {
    const [status] = await once(this.child, 'close')
    return status
  }
}

/** Types one line after the other, each when the one before has been answered. */
async function conversation(port: number, ...lines: string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  for await (const octets of socket) {
    heard += String(octets)
    if (!heard.endsWith('\r\n')) continue
    const line = lines.shift()
    if (line === undefined) break
    socket.write(`${line}\r\n`)
  }
  return heard
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'serve --json tells where it listens in its first line, and %s ends it with status 0',
  async (signal) => {
    const served = new Program('serve', '--json')
    const first: unknown = JSON.parse(await served.line())
    expect(first).toEqual({
      event: 'listening',
      host: '127.0.0.1',
      port: expect.any(Number),
      tls: 'none',
      url: expect.stringMatching(/^pop:\/\/127\.0\.0\.1:\d+$/),
    })
    const ended = served.status()
    served.child.kill(signal)
    expect(await ended).toBe(0)
    expect(served.errors).toBe('')
  },
)

test('with nothing at all it serves the walk-through and prints the password', async () => {
  const served = new Program('serve')
  expect(await served.line()).toMatch(/^Serving as courier on pop:\/\/127\.0\.0\.1:\d+, ended by Ctrl-C$/)
  const port = Number((await served.line()).split(' ').at(-1))
  expect(await served.line()).toBe('  user myusername, pass mypassword: 7 messages')
  expect(await conversation(port, 'user myusername', 'pass mypassword', 'stat', 'quit')).toBe(
    '+OK Hello there.\r\n+OK Password required.\r\n+OK logged in.\r\n+OK 7 56418\r\n+OK Bye-bye.\r\n',
  )
  const lines = [await served.line(), await served.line(), await served.line(), await served.line()]
  expect(lines).toEqual([
    '1 S: +OK Hello there.',
    '1 C: user myusername',
    '1 S: +OK Password required.',
    '1 C: pass ***',
  ])
})

test('what would command the terminal is shown, and not sent to it', async () => {
  const served = new Program('serve')
  await served.line()
  const port = Number((await served.line()).split(' ').at(-1))
  await conversation(port, 'USER \x1b[2Jname\twith a\x07', 'QUIT')
  await served.line()
  await served.line()
  expect(await served.line()).toBe(String.raw`1 C: USER \x1b[2Jname` + '\t' + String.raw`with a\x07`)
})

test('--json tells what happens as it happens, without secrets', async () => {
  const served = new Program('serve', '--json', '--user', 'bob:open-sesame')
  const { port } = JSON.parse(await served.line()) as { port: number }
  await conversation(port, 'USER bob', 'PASS open-sesame', 'DELE 1', 'QUIT')
  const ended = served.status()
  served.child.kill('SIGTERM')
  await ended
  const entries = served.output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; line?: string; text?: string; session?: number })
  expect(entries.filter(({ event }) => event === 'command').map(({ line }) => line)).toEqual([
    'USER bob',
    'PASS ***',
    'DELE 1',
    'QUIT',
  ])
  expect(entries.find(({ event }) => event === 'sent')).toMatchObject({ session: 1, text: '+OK Hello there.\r\n' })
  expect(entries.at(-1)).toMatchObject({ event: 'close', how: 'quit' })
  expect(served.output).not.toContain('sesame')
})

test('a busy port is one line and status 2', async () => {
  const busy = createServer().listen(0, '127.0.0.1')
  await once(busy, 'listening')
  const { port } = busy.address() as { port: number }
  const served = new Program('serve', '--port', String(port))
  expect(await served.status()).toBe(2)
  expect(served.errors).toBe(`pop3kit: Cannot listen on 127.0.0.1:${port}: the port is in use\n`)
  busy.close()
})

test.each([
  [
    ['serve', '--mailbox', 'no/such/folder'],
    'Cannot load "no/such/folder": it does not exist; expected a folder, an .eml file or an mbox',
  ],
  [
    ['serve', '--persona', 'postfix'],
    `option '--persona <name>' argument 'postfix' is invalid. Allowed choices are strict, courier, dovecot, cyrus, gmail, gmail-recent, exchange, zimbra.`,
  ],
  [
    ['serve', '--port', '99999'],
    `option '--port <port>' argument '99999' is invalid. Expected a number from 0 to 65535.`,
  ],
  [['serve', '--prot', '110'], `unknown option '--prot'`],
  [['serve', '--user', 'bob'], 'Cannot use a --user without a colon: expected NAME:PASSWORD'],
  [['sreve'], `unknown command 'sreve'`],
  [
    [
      'record',
      '--upstream',
      'localhost:1',
      '--tls',
      'implicit',
      '--ca',
      'package.json',
      '-o',
      join(tmpdir(), 'none.pop3'),
    ],
    'Cannot use "package.json" as certificate authorities: expected PEM, "-----BEGIN CERTIFICATE-----"',
  ],
  [
    ['record', '--upstream', 'localhost:995', '--insecure', '-o', join(tmpdir(), 'none.pop3')],
    'Cannot use --ca or --insecure without TLS: expected --tls implicit or --tls starttls',
  ],
  [['mailbox', 'validate'], `missing required argument 'path'`],
  [['mailbox', 'validate', '.', '--jsno'], `unknown option '--jsno'`],
])('%j is one line and status 2', async (args, message) => {
  const served = new Program(...args)
  expect(await served.status()).toBe(2)
  expect(served.errors.trimEnd().split('\n')[0]).toBe(`pop3kit: ${message}`)
  expect(served.output).toBe('')
})

test('mailbox validate tells what is wrong, with status 1 when it cannot be loaded', async () => {
  const validated = new Program('mailbox', 'validate', 'no/such/folder')
  expect(await validated.status()).toBe(1)
  expect(validated.output).toBe(
    'no/such/folder: error: it does not exist; expected a folder, an .eml file or an mbox\n1 error, 0 warnings\n',
  )
  expect(validated.errors).toBe('')
})

test('--help is on standard output, with status 0', async () => {
  const served = new Program('serve', '--help')
  expect(await served.status()).toBe(0)
  expect(served.output).toContain('--mailbox <path>')
})

test('serve --tls-port listens with implicit TLS, too, and --save-ca writes what clients are to trust', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pop3kit-'))
  const ca = join(folder, 'ca.pem')
  const served = new Program('serve', '--json', '--tls-port', '0', '--tls-host', 'pop.example.com', '--save-ca', ca)
  expect(JSON.parse(await served.line())).toMatchObject({ event: 'listening', tls: 'none' })
  const { port, tls } = JSON.parse(await served.line()) as { port: number; tls: string }
  expect(tls).toBe('implicit')
  const trusted = await readFile(ca, 'utf8')
  const socket = connectSecurely({ host: '127.0.0.1', port, servername: 'pop.example.com', ca: trusted })
  const [greeting] = (await once(socket, 'data')) as [Buffer]
  expect(socket.authorized).toBe(true)
  expect(String(greeting)).toMatch(/^\+OK/)
  socket.destroy()
  await rm(folder, { recursive: true })
})

test.each([
  [['--certificate', 'rotten'], 'Cannot use the certificate "rotten": expected one of valid, expired, '],
  [['--key', 'key.pem'], 'Cannot use --key with a generated certificate'],
  [['--certificate', 'no-such.pem', '--key', 'no-such.pem'], 'Cannot read "no-such.pem"'],
])('serve %j is refused with status 2', async (options, message) => {
  const served = new Program('serve', ...options)
  expect(await served.status()).toBe(2)
  expect(served.errors).toContain(message)
})

test('serve --scenario plays what files say, several at once, and tells in the transcript what it played', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pop3kit-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [busy, hasty] = [join(folder, 'busy.yaml'), join(folder, 'hasty.json')]
  await writeFile(
    busy,
    'title: Busy once\nhandlers: [{ at: STAT, once: true, play: { err: [busy, { code: SYS/TEMP }] } }]',
  )
  await writeFile(hasty, '{ "title": "Other words", "texts": { "quit.ok": "So long" } }')
  const served = new Program('serve', '--scenario', busy, '--scenario', hasty)
  expect(await served.line()).toMatch(/^Serving as courier on /)
  const port = Number((await served.line()).split(' ').at(-1))
  expect(await served.line()).toBe('  user myusername, pass mypassword: 7 messages')
  expect([await served.line(), await served.line()]).toEqual([
    `  plays ${busy}: Busy once`,
    `  plays ${hasty}: Other words`,
  ])
  expect(await conversation(port, 'user myusername', 'pass mypassword', 'stat', 'stat', 'quit')).toBe(
    '+OK Hello there.\r\n+OK Password required.\r\n+OK logged in.\r\n-ERR [SYS/TEMP] busy\r\n+OK 7 56418\r\n+OK So long\r\n',
  )
  const ended = served.status()
  served.child.kill('SIGTERM')
  await ended
  expect(served.output).toContain("# fault: err('busy', { code: 'SYS/TEMP' })")
  expect(served.errors).toBe('')
})

test('serve --scenario tells at its end what was never reached, with status 0', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pop3kit-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'misspelt.yaml')
  await writeFile(file, '{ title: A verb that nobody says, handlers: [{ at: RTER, play: stall }] }')
  const served = new Program('serve', '--scenario', file)
  await served.line()
  const ended = served.status()
  served.child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(served.errors).toMatch(/^pop3kit: Not everything has fired:\n  handler .*\n  RTER: stall\(\) +1 or more +0\n$/)
})

test('serve refuses a scenario with its place, and one that does not go with --persona', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pop3kit-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'odd.yaml')
  await writeFile(file, 'title: Odd\npersona: gmail\nhandlers: [{ at: STAT, play: explode }]')
  const odd = new Program('serve', '--scenario', file)
  expect(await odd.status()).toBe(2)
  expect(odd.errors).toContain(`pop3kit: Cannot load "${file}": line 3, column 30: cannot find a fault "explode"; `)
  expect(odd.errors).toMatch(new RegExp(`\n  at ${file}:3:30\n$`))
  await writeFile(file, 'title: Odd\npersona: gmail')
  const other = new Program('serve', '--persona', 'strict', '--scenario', file)
  expect(await other.status()).toBe(2)
  expect(other.errors).toBe(
    `pop3kit: Cannot load "${file}": it wants persona "gmail"; expected "strict", as "--persona" wants it\n`,
  )
})
