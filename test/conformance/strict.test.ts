/** The mock, left alone, does all that the suite asks for. */
import { checkServer, type ConformanceReport } from '@pop3kit/conformance'
import { definePersona, setupPop3Server } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { checkMock, credentials, idsOf, messages } from './mock.ts'

/** What is left over: neither passes nor fails. */
const untested = (report: ConformanceReport): string[] =>
  report.results.filter(({ outcome }) => outcome.startsWith('not')).map(({ id }) => id)

const shortfalls = (report: ConformanceReport): string[] =>
  report.results.filter(({ outcome }) => outcome === 'fail').map(({ id, reason }) => `${id}: ${reason}`)

test('over memory strict passes every check that is about what it offers', async () => {
  const report = await checkMock()
  expect(shortfalls(report)).toEqual([])
  expect(untested(report)).toEqual(['login-delay', 'implicit-tls', 'cleartext-login'])
  expect(report.conforms).toBe(true)
})

test('over TCP it is the same', async () => {
  const report = await checkMock({ tcp: true })
  expect(shortfalls(report)).toEqual([])
  expect(untested(report)).toEqual(['login-delay', 'implicit-tls', 'cleartext-login'])
})

test('with STLS before every login it is the same', async () => {
  const report = await checkMock({ tls: 'starttls' })
  expect(shortfalls(report)).toEqual([])
  expect(untested(report)).toEqual(['login-delay', 'implicit-tls', 'cleartext-login'])
})

test('with implicit TLS strict passes what can be asked there', async () => {
  const report = await checkMock({ tls: 'implicit' })
  expect(shortfalls(report)).toEqual([])
  expect(idsOf(report, 'pass')).toContain('implicit-tls')
})

test('with credentials alone what the server says is held against what it says', async () => {
  const report = await checkMock({}, { messages: undefined, allowDeletions: false, wait: undefined })
  expect(shortfalls(report)).toEqual([])
  expect(idsOf(report, 'pass')).toEqual(expect.arrayContaining(['size', 'stuffing-retr', 'top-whole', 'uidl-stays']))
  expect(idsOf(report, 'not testable')).toEqual(expect.arrayContaining(['retr', 'stuffing-first-line', 'dele-marked']))
})

test('R50: where LOGIN-DELAY is announced and kept, that passes, and what needs another login is not testable', async () => {
  const maildrop = { policies: { loginDelay: 60_000 } }
  const report = await checkMock({ maildrop }, { only: ['login-delay', 'noop'] })
  expect(report.results.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['noop', 'not testable'],
    ['login-delay', 'pass'],
  ])
})

test('R69: where no password is taken in clear, USER is refused to everybody there', async () => {
  const persona = definePersona({ name: 'secure', policies: { cleartextLogin: 'refused' } })
  const report = await checkMock({ persona, tls: 'starttls' })
  expect(shortfalls(report)).toEqual([])
  expect(idsOf(report, 'pass')).toContain('cleartext-login')
})

test('without leave to delete nothing is deleted, and no message is so much as marked', async () => {
  await using server = setupPop3Server({ maildrops: { alice: { password: credentials.password, messages } } })
  const connect = () => server.connect()
  await checkServer({ ...credentials, connect })
  const commands = server.sessions.flatMap((session) => session.commands)
  expect(commands.filter((line) => line.startsWith('DELE'))).toEqual([])
  expect(server.maildrop('alice').messages).toHaveLength(messages.length)
  // Who fetches something never gets as far as UPDATE.
  const fetching = server.sessions.filter((session) => session.commands.some((line) => line.startsWith('RETR')))
  expect(fetching.filter((session) => session.commands.includes('QUIT') && session.user === 'alice')).toEqual([])
})

test('with leave to delete at most the last two messages are removed', async () => {
  await using server = setupPop3Server({
    maildrops: {
      alice: { password: credentials.password, messages, policies: { lock: 'shared', expunged: 'served' } },
    },
  })
  const report = await checkServer({ ...credentials, messages, allowDeletions: true, connect: () => server.connect() })
  expect(shortfalls(report)).toEqual([])
  expect(server.maildrop('alice').messages.map(({ uid }) => uid)).toEqual(['uid-1', 'uid-2'])
})
