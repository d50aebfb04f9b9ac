import { fault, pop3 } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { login, maildrops, say } from '../testing/alice.ts'
import { withPop3Server } from './with-pop3-server.ts'

const options = { maildrops, clock: 'virtual', seed: 9 } as const

test('the server listens, and is closed behind', async () => {
  const server = await withPop3Server({ ...options, listen: { tls: 'implicit' } }, async (server) => {
    expect(server.addresses).toMatchObject([{ host: '127.0.0.1', tls: 'implicit' }])
    await say(server, [...login, 'QUIT'])
    return server
  })
  expect(server.addresses).toEqual([])
})

test('what is thrown tells the sessions and the seed, and is what was thrown', async () => {
  const cause = new RangeError('too far')
  const failed = withPop3Server(options, async (server) => {
    await say(server, login)
    throw cause
  })
  await expect(failed).rejects.toBe(cause)
  expect(cause.message).toBe(`too far

The POP3 sessions of this test:

Session 1 of alice (TRANSACTION, open):
  S: +OK POP3 server ready
  C: USER alice
  S: +OK send PASS
  C: PASS ***
  S: +OK maildrop has 3 messages (91 octets)

Seed 9`)
  expect(cause.stack).toContain(`RangeError: ${cause.message}\n    at `)
})

test('what is no error is thrown as it is', async () => {
  await expect(withPop3Server(options, () => Promise.reject('a word'))).rejects.toBe('a word')
})

test('faults that are left over and sessions that are left open are errors', async () => {
  const left = withPop3Server(options, (server) => server.use(pop3.stat(fault.err('busy'))))
  await expect(left).rejects.toMatchObject({ code: 'POP3_PENDING_FAULTS' })
  const open = withPop3Server(options, (server) => say(server, login))
  await expect(open).rejects.toMatchObject({ name: 'OpenSessionsError', code: 'POP3_OPEN_SESSIONS' })
})

test('a handler that throws is an error', async () => {
  const handlers = [
    pop3.noop(() => {
      throw new Error('a slip of the pen')
    }),
  ]
  const failed = withPop3Server({ ...options, handlers }, (server) => say(server, [...login, 'NOOP', 'QUIT']))
  await expect(failed).rejects.toMatchObject({
    code: 'POP3_HANDLER',
    message: expect.stringContaining('# error: Error: a slip of the pen'),
  })
})
