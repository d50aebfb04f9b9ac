/** The program as a person starts it: the built one, in a process of its own, against a mock in this one. */
import { pop3, reply, setupPop3Server, type Pop3Server, type Pop3ServerOptions } from '@pop3kit/server'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../../dist/main.mjs', import.meta.url))
const messages = ['Subject: one\r\n\r\nfirst\r\n', 'Subject: two\r\n\r\n.second\r\n']

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pop3kit-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Outcome {
  readonly status: number
  readonly output: string
  readonly errors: string
}

function check(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...environment }
    execFile(process.execPath, [program, 'check', ...args], { env }, (error, output, errors) => {
      resolve({ status: error === null ? 0 : Number(error.code), output, errors })
    })
  })
}

async function alice(options: Omit<Pop3ServerOptions, 'maildrops'> = {}): Promise<Pop3Server> {
  const server = setupPop3Server({ ...options, maildrops: { alice: { password: 'open-sesame', messages } } })
  return server.listen()
}

const address = ({ host, port }: Pop3Server): string => `${host}:${port}`
const login = ['--user', 'alice', '--password', 'open-sesame']

test('a server that fails nothing is a table and status 0', async () => {
  await using server = await alice()
  const { status, output, errors } = await check([address(server), ...login, '--only', 'R33,noop,R34,R50'])
  expect(errors).toBe('')
  expect(output.split('\n')).toEqual([
    `${address(server)}  +OK POP3 server ready`,
    '',
    'R33  noop          pass          MUST    NOOP is answered +OK',
    'R34  rset-once     pass          MUST    RSET is answered with one +OK',
    'R34  rset-unmarks  not testable  MUST    RSET takes every mark away',
    '     It marks messages with DELE, which is not allowed',
    'R50  login-delay   not offered   SHOULD  A login within the time that LOGIN-DELAY names, counted from another, is refused',
    '     CAPA does not list LOGIN-DELAY',
    '',
    '2 pass, 0 fail, 1 not offered, 1 not testable',
    '',
  ])
  expect(status).toBe(0)
})

test('a check that fails shows what was said, and makes status 1', async () => {
  await using server = await alice()
  server.use(pop3.noop(() => reply.err('too tired')))
  const { status, output } = await check([address(server), ...login, '--only', 'R33'])
  expect(status).toBe(1)
  expect(output.split('\n').slice(2, 8)).toEqual([
    'R33  noop  FAIL          MUST    NOOP is answered +OK',
    '     Expected +OK to "NOOP", not "-ERR too tired"',
    '       S: +OK POP3 server ready',
    '       C: USER alice',
    '       S: +OK send PASS',
    '       C: PASS ***',
  ])
  expect(output).not.toContain('sesame')
})

test('the password comes from a file or from the environment, too', async () => {
  await using server = await alice()
  const file = join(folder, 'password')
  await writeFile(file, 'open-sesame\n')
  const only = [address(server), '--user', 'alice', '--only', 'R33']
  expect(await check([...only, '--password-file', file])).toMatchObject({ status: 0 })
  expect(await check(only, { POP3KIT_PASSWORD: 'open-sesame' })).toMatchObject({ status: 0 })
})

test('--mailbox says what the maildrop holds, and --allow-deletions that messages may go', async () => {
  await using server = await alice()
  const mailbox = join(folder, 'mailbox')
  await mkdir(mailbox)
  await Promise.all(messages.map((content, index) => writeFile(join(mailbox, `${index + 1}.eml`), content)))
  const args = [address(server), ...login, '--mailbox', mailbox, '--allow-deletions', '--only', 'R31,R38']
  const { status, output } = await check(args)
  expect(output).toContain('5 pass, 0 fail, 0 not offered, 0 not testable')
  expect(status).toBe(0)
  expect(server.maildrop('alice').messages.map(({ uid }) => uid)).toEqual(['uid-1'])
})

test('--json - is the report alone on standard output', async () => {
  await using server = await alice()
  const { output } = await check([address(server), ...login, '--only', 'noop', '--json', '-'])
  expect(JSON.parse(output)).toMatchObject({
    server: { host: '127.0.0.1', port: server.port, greeting: '+OK POP3 server ready' },
    results: [{ id: 'noop', requirement: 'R33', level: 'MUST', outcome: 'pass', needs: [] }],
    totals: { pass: 1, fail: 0 },
    conforms: true,
  })
})

test('--junit writes a case a check, with what failed and why others were skipped', async () => {
  await using server = await alice()
  server.use(pop3.noop(() => reply.err('<tired> & "worn"')))
  const file = join(folder, 'report.xml')
  const { status } = await check([address(server), ...login, '--only', 'R33,R50', '--junit', file])
  const xml = (await readFile(file, 'utf8')).replaceAll(/time="[\d.]+"/g, 'time=""')
  expect(status).toBe(1)
  expect(xml).toContain(
    `<testsuite name="pop3kit check ${address(server)}" tests="2" failures="1" skipped="1" time="">`,
  )
  expect(xml).toContain('<testcase classname="pop3.R33" name="noop: NOOP is answered +OK" time="">')
  expect(xml).toContain(
    '<failure message="Expected +OK to &quot;NOOP&quot;, not &quot;-ERR &lt;tired&gt; &amp; &quot;worn&quot;&quot;" type="MUST">S: +OK POP3 server ready\n',
  )
  expect(xml).toContain('<skipped message="not offered: CAPA does not list LOGIN-DELAY"></skipped>')
})

test('TLS: with STLS and from the first octet on, its certificate checked', async () => {
  await using server = await alice()
  await server.listen({ tls: 'implicit' })
  const ca = join(folder, 'ca.pem')
  await writeFile(ca, await server.certificateAuthority())
  const [clear, secure] = server.addresses
  const only = [...login, '--only', 'R33']
  expect(await check([`localhost:${clear?.port}`, ...only, '--tls', 'starttls', '--ca', ca])).toMatchObject({
    status: 0,
  })
  expect(await check([`localhost:${secure?.port}`, ...only, '--tls', 'implicit', '--ca', ca])).toMatchObject({
    status: 0,
  })
  expect(await check([`localhost:${secure?.port}`, ...only, '--tls', 'implicit', '--insecure'])).toMatchObject({
    status: 0,
  })
  const distrusted = await check([`localhost:${secure?.port}`, ...only, '--tls', 'implicit'])
  expect(distrusted.status).toBe(2)
  expect(distrusted.errors).toMatch(/^pop3kit: Cannot check localhost:\d+: Cannot agree on TLS: /)
})

test('a server that is not there is one line and status 2', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  expect(await check([`127.0.0.1:${port}`, ...login])).toEqual({
    status: 2,
    output: '',
    errors: `pop3kit: Cannot check 127.0.0.1:${port}: Cannot connect to 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}\n`,
  })
})

test('a login that is refused is one line and status 2', async () => {
  await using server = await alice()
  const { status, errors } = await check([address(server), '--user', 'alice', '--password', 'open-barley'])
  expect(status).toBe(2)
  expect(errors).toMatch(/^pop3kit: Cannot check 127\.0\.0\.1:\d+: the login fails: "PASS \*\*\*" is answered /)
  expect(errors).not.toContain('barley')
})

test.each([
  [['127.0.0.1:110'], `required option '--user <name>' not specified`],
  [['host:port', ...login], `command-argument value 'host:port' is invalid for argument 'host:port'. Expected a host`],
  [['127.0.0.1:1', ...login, '--only', 'R99'], 'Cannot check only "R99": expected a requirement as "R12"'],
  [['127.0.0.1:1', ...login, '--timeout', 'soon'], 'Cannot use "soon" as a duration'],
  [['127.0.0.1:1', ...login, '--tls', 'later'], `option '--tls <when>' argument 'later' is invalid`],
  [['127.0.0.1:1', '--user', 'a', '--password-file', 'no/such'], 'Cannot read "no/such"'],
  [['127.0.0.1:1', ...login, '--json', '-', '--junit', '-'], 'Cannot write two reports to standard output'],
])('%j is one line and status 2', async (args, message) => {
  const { status, output, errors } = await check(args)
  expect(errors).toContain(`pop3kit: ${message}`)
  expect(output).toBe('')
  expect(status).toBe(2)
})
