import { duplexPair, type Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { checks, checkServer, CheckServerError, type CheckServerOptions } from './index.ts'
import { lawful, scriptedPeer, type Script } from './testing/scripted-peer.ts'

const check = (script: Script, options: Partial<CheckServerOptions> = {}): ReturnType<typeof checkServer> =>
  checkServer({
    user: 'alice',
    password: 'open-sesame',
    timeout: 50,
    connect: () => scriptedPeer({ ...lawful, ...script }),
    ...options,
  })

test('each check has its own name, a requirement of a server, and a sentence', () => {
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
  for (const { id, requirement, title } of checks) {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(Number(/^R(\d+)$/.exec(requirement)?.[1])).toBeLessThanOrEqual(95)
    expect(title).toMatch(/^\S.*[^.]$/)
  }
  const numbers = checks.map(({ requirement }) => Number(requirement.slice(1)))
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
})

test('a report has every check that was asked for, in order, and sums up', async () => {
  const report = await check({}, { only: ['r33', 'quit-before-login', 'R20'] })
  expect(report.results.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['apop-timestamp', 'not offered'],
    ['quit-before-login', 'pass'],
    ['noop', 'pass'],
  ])
  expect(report.totals).toEqual({ pass: 2, fail: 0, 'not offered': 1, 'not testable': 0 })
  expect(report.conforms).toBe(true)
  expect(report.server).toMatchObject({ host: 'localhost', port: 110, greeting: '+OK ready' })
})

test('what passes and what fails shows what was said', async () => {
  const report = await check({ NOOP: '-ERR open-sesame? no\r\n' }, { only: ['noop'] })
  expect(report.results).toEqual([
    {
      id: 'noop',
      requirement: 'R33',
      level: 'MUST',
      title: 'NOOP is answered +OK',
      needs: [],
      outcome: 'fail',
      reason: 'Expected +OK to "NOOP", not "-ERR ***? no"',
      excerpt: [
        'S: +OK ready',
        'C: USER alice',
        'S: +OK',
        'C: PASS ***',
        'S: +OK',
        'C: NOOP',
        'S: -ERR ***? no',
        '# the client closes',
      ],
      ms: expect.any(Number),
    },
  ])
})

test('a server that hangs fails with what was awaited', async () => {
  const report = await check({ NOOP: undefined }, { only: ['noop'] })
  expect(report.results[0]).toMatchObject({
    outcome: 'fail',
    reason: expect.stringMatching(/^The server says nothing for \d+ ms, expected the answer to "NOOP"$/),
  })
})

test('a server that hangs everywhere but at the login does not hang the suite', async () => {
  const silent = Object.fromEntries(
    ['LIST', 'STAT', 'UIDL', 'TOP 1 0', 'LIST 0', 'QUIT', 'CAPA', 'RETR', 'NOOP', 'RSET'].map((verb) => [
      verb,
      undefined,
    ]),
  )
  const report = await check(silent, { timeout: 20, timeLimit: '5s', allowDeletions: true })
  expect(report.results).toHaveLength(checks.length)
  expect(report.conforms).toBe(false)
})

test('a check that the end of the run cuts short is not testable', async () => {
  const report = await check({ NOOP: undefined }, { only: ['noop'], timeout: '10s', timeLimit: 1500 })
  expect(report.results[0]).toMatchObject({
    outcome: 'not testable',
    reason: expect.stringContaining('The run has taken'),
  })
})

test('when the time is up, the checks that are left are not testable', async () => {
  const report = await check({}, { timeLimit: 0 })
  expect(report.totals['not testable']).toBe(checks.length)
  expect(report.results[0]?.reason).toBe('The run has taken 0 ms, which is as long as it may')
})

test('a login that fails later on makes a check not testable, and not fail', async () => {
  let logins = 0
  const connect: CheckServerOptions['connect'] = () => {
    logins += 1
    return scriptedPeer(logins < 7 ? lawful : { ...lawful, PASS: '-ERR [LOGIN-DELAY] later\r\n' })
  }
  const report = await check({}, { only: ['noop', 'rset-once'], connect })
  expect(report.results.map(({ outcome, reason }) => [outcome, reason])).toContainEqual([
    'not testable',
    'The login is refused: "-ERR [LOGIN-DELAY] later"',
  ])
})

test.each<[string, Script, RegExp]>([
  ['does not greet', { greeting: undefined }, /: The server says nothing for \d+ ms, expected the greeting$/],
  ['hangs up', { greeting: (peer) => peer.end() }, /: The server closes the connection, expected the greeting$/],
  ['is busy', { greeting: '-ERR busy\r\n' }, /: the greeting is "-ERR busy"$/],
  [
    'refuses',
    { PASS: '-ERR open-sesame\r\n', AUTH: '-ERR\r\n' },
    /: the login fails: "PASS \*\*\*" is answered "-ERR \*\*\*"/,
  ],
])('a server that %s cannot be checked', async (_what, script, message) => {
  const error: unknown = await check(script).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(CheckServerError)
  expect(error).toMatchObject({ code: 'POP3_CHECK', message: expect.stringMatching(message) })
  expect(String(error)).not.toContain('sesame')
})

test('without a secret nobody can log in', async () => {
  await expect(check({}, { password: undefined })).rejects.toThrow('expected a password or an APOP secret')
})

test.each(['user', 'password'])('a %s that would break a command line is refused', async (name) => {
  await expect(check({}, { [name]: 'a\r\nDELE 1' })).rejects.toMatchObject({
    code: 'POP3_ARGUMENT',
    message: `Cannot log in with this ${name}: expected no CR, LF or NUL in it`,
  })
})

test('a server that is gone in the middle of the run is not testable any more', async () => {
  let connections = 0
  const connect = (): Duplex => {
    connections += 1
    if (connections > 6) throw new Error('no route')
    return scriptedPeer(lawful)
  }
  const report = await check({}, { connect, only: ['noop', 'quit-after-login'] })
  expect(report.results.map(({ outcome }) => outcome)).toEqual(['not testable', 'not testable'])
  expect(report.results.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('no route'))
})

test('what is no check cannot be asked for', async () => {
  await expect(check({}, { only: ['R33', 'R99'] })).rejects.toThrow(
    'Cannot check only "R99": expected a requirement as "R12"',
  )
})

test('a connection that is never made is given up', async () => {
  const [client] = duplexPair()
  await expect(
    check({}, { connect: () => client, tls: { mode: 'implicit', rejectUnauthorized: false } }),
  ).rejects.toThrow(/^Cannot check localhost:995: Cannot agree on TLS: nothing happens within \d+ ms$/)
})

test('known sizes are facts, too', async () => {
  const script = { 'RETR 1': '+OK\r\nSubject: x\r\n\r\n.\r\n' }
  const right = await check(script, { messages: [{ octets: 14 }], only: ['size', 'retr'] })
  expect(right.results.map(({ outcome }) => outcome)).toEqual(['pass', 'not testable'])
  const wrong = await check(script, { messages: [{ octets: 15 }], only: ['size'] })
  expect(wrong.results[0]?.reason).toBe('LIST says 14 octets of message 1, which has 15')
})
