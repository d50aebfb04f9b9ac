/** The faults that real servers and test servers are known for (D1 to D12), each played whole: the suite finds them. */
import { definePersona, pop3, reply, setupPop3Server, type Handler, type Pop3Server } from '@pop3kit/server'
import { checkServer } from '@pop3kit/conformance'
import { expect, test } from 'vitest'
import { breaks } from './breaks/index.ts'
import { checkMock, credentials, idsOf, messages, type Break } from './mock.ts'
import { afterLogin, beforeLogin, hangsUp, lineOf, refuses, rewrite, thenClose, twice, when } from './wrong.ts'

const handlersOf = (...names: readonly string[]): NonNullable<Break['handlers']> => {
  return (server: Pop3Server): readonly Handler[] => names.flatMap((name) => breaks[name]?.handlers?.(server) ?? [])
}

/** Takes the stuffing away. */
const unstuffed = rewrite((text) => text.replaceAll(/\r\n\.(?=\.)/g, '\r\n'))

/** A message whose body has a line of 70,000 octets. */
const long = `Subject: long\r\n\r\n${'x'.repeat(70_000)}\r\nend\r\n`

const faults: Readonly<Record<string, readonly [fault: Break, found: readonly string[]]>> = {
  'D1: two answers to RSET': [{ handlers: () => [pop3.rset(when(afterLogin, twice))] }, ['rset-once']],
  'D2: what is deleted is still served': [
    { handlers: handlersOf('list-marked', 'retr-marked', 'uidl-marked', 'top-marked') },
    ['list-marked', 'retr-marked', 'uidl-marked', 'top-marked'],
  ],
  'D3: a password cut at a space, an empty line that ends the session, TOP that is not announced': [
    { handlers: handlersOf('pass-whole-line', 'empty-line', 'capa-mirrors-top') },
    ['pass-whole-line', 'empty-line', 'capa-mirrors-top'],
  ],
  'D4: nothing stuffed, LIST that ignores its argument, a challenge without its space': [
    {
      handlers: (server) => [
        pop3.retr(unstuffed),
        pop3.top(unstuffed),
        pop3.list(/\d/, () => reply.ok('', { lines: ['1 74', '2 62'] })),
        ...handlersOf('auth-challenge')(server),
      ],
    },
    ['stuffing-retr', 'stuffing-top', 'list-one', 'list-none', 'auth-challenge'],
  ],
  'D5: blank lines in CAPA': [{ handlers: handlersOf('capa-lines') }, ['capa-lines']],
  'D6: -ERR and then +OK to a wrong password': [{ handlers: handlersOf('user-after-failure') }, ['user-after-failure']],
  'D7: TOP with too many lines, STAT that counts what is deleted, a line end too much': [
    {
      handlers: (server) => [
        pop3.top(
          / [03]$/,
          rewrite((text) => text.replace(/\r\n\.\r\n$/, '\r\nmore\r\n.\r\n')),
        ),
        pop3.retr(rewrite((text) => text.replace(/\r\n\.\r\n$/, '\r\n\r\n.\r\n'))),
        ...handlersOf('stat-without-marked')(server),
      ],
    },
    ['top-header', 'top-lines', 'stat-without-marked', 'retr', 'size'],
  ],
  'D8: a line over 64 KiB that ends the message early': [
    {
      maildrop: { messages: [...messages, long] },
      handlers: () => [
        pop3.retr(
          5,
          rewrite((text) => text.replace(/x{65536,}[^]*$/, '.\r\n-ERR token too long\r\n')),
        ),
      ],
    },
    ['retr'],
  ],
  'D9: TOP announced and refused, RSET that does nothing': [
    { handlers: (server) => [pop3.top(refuses), ...handlersOf('rset-unmarks')(server)] },
    ['capa-mirrors-top', 'rset-unmarks'],
  ],
  'D10: numbers that move with DELE, and an end after an unknown command': [
    {
      handlers: (server) => [
        pop3.any(when((context) => lineOf(context).startsWith('XYZZY'), hangsUp)),
        ...handlersOf('numbers-stay')(server),
      ],
    },
    ['numbers-stay', 'unknown-before-login', 'unknown-after-login'],
  ],
  'D11: five minutes of patience': [
    { handlers: handlersOf('idle-before-login', 'idle-after-login') },
    ['idle-before-login', 'idle-after-login'],
  ],
  'D12, and three minutes of patience: a word, and the end, before anybody has logged in': [
    {
      persona: definePersona({
        name: 'impatient',
        texts: { idle: 'Disconnected for inactivity.' },
        policies: { idle: { AUTHORIZATION: 180_000 } },
      }),
    },
    ['idle-before-login', 'idle-close'],
  ],
  'D12: a word before an idle connection is closed': [
    {
      handlers: () => [
        pop3.idle(
          when(
            (context) => !beforeLogin(context),
            () => thenClose(reply.err('Autologout')),
          ),
        ),
      ],
    },
    ['idle-close'],
  ],
}

test('what was sent in clear after STLS is answered in clear', async () => {
  const report = await checkMock({
    handlers: () => [pop3.stls(rewrite((text) => `${text}+OK\r\nUSER\r\n.\r\n`))],
  })
  expect(report.results.find(({ id }) => id === 'stls-injection')).toMatchObject({
    outcome: 'fail',
    reason: 'Octets in clear come after the answer to STLS',
  })
})

test.concurrent.each(Object.entries(faults))('%s', async (_title, [fault, found]) => {
  const known = fault.maildrop?.messages === undefined ? messages : [...messages, long]
  const report = await checkMock(fault, { messages: known, timeout: '1s' })
  expect(idsOf(report, 'fail')).toEqual(expect.arrayContaining([...found]))
})

test('what Courier is known for is found in the persona that answers like it', async () => {
  await using server = setupPop3Server({
    persona: 'courier',
    maildrops: { alice: { password: credentials.password, messages } },
  })
  const report = await checkServer({
    ...credentials,
    messages,
    allowDeletions: true,
    timeout: '2s',
    connect: () => server.connect(),
  })
  // Commands lost behind PASS, what was sent in clear answered under TLS, 2^32 + 1 is 1, sizes two octets off.
  const known = ['pipelining-login', 'stls-injection', 'number-overflow', 'size']
  expect(idsOf(report, 'fail')).toEqual(expect.arrayContaining(known))
})
