/** Run by src/vitest.test.ts: what must fail, and how. */
import { type Pop3Server, fault, pop3 } from '@pop3kit/server'
import { describe } from 'vitest'
import { expect, test } from '../../vitest.ts'
import { login, maildrops, say } from '../alice.ts'

test.override('serverOptions', { maildrops, clock: 'virtual', seed: 7 })

const ingest = (server: Pop3Server): Promise<unknown> => say(server, [...login, 'RETR 1', 'QUIT'])

test('passes', async ({ server }) => {
  await ingest(server)
  expect(server).toHaveReceivedCommands(['RETR 1', 'QUIT'])
})

test('a matcher fails', async ({ server }) => {
  await ingest(server)
  expect(server).toHaveReceivedCommands(['RETR 1', 'DELE 1', 'QUIT'])
})

test('something else fails', async ({ server }) => {
  await ingest(server)
  throw new Error('the database is down')
})

test('a fault is left over', ({ server }) => {
  server.use(pop3.retr(2, fault.cut({ octet: 10 }), { once: true }))
})

test('a session is left open', async ({ server }) => {
  await say(server, login)
})

test('a handler throws', async ({ server }) => {
  server.use(
    pop3.retr(() => {
      throw new Error('a slip of the pen')
    }),
  )
  await ingest(server)
})

test('fails and is retried', { retry: 1 }, async ({ server }) => {
  await ingest(server)
  throw new Error(`try of seed ${server.seed}`)
})

test.fails('is known to fail', async ({ server }) => {
  await say(server, login)
  throw new Error('known')
})

test('takes too long', { timeout: 100 }, async ({ server }) => {
  await say(server, login)
  await new Promise(() => {})
})

describe.concurrent('side by side', () => {
  for (const number of [1, 2, 3]) {
    test(`test ${number} sees its own server`, async ({ server, expect }) => {
      await say(server, [...login, `RETR ${number}`, 'QUIT'])
      expect(server.sessions).toHaveLength(1)
      expect(server).toHaveRetrieved([number])
      if (number === 2) expect(server).toHaveReceivedCommand('DELE 2')
    })
  }
})

describe('other options', () => {
  test.override('serverOptions', { maildrops: {}, seed: 8 })
  test('hold for this describe', ({ server }) => {
    expect(server.seed).toBe(8)
    expect(server.url).toMatch(/^pop:/)
  })
})
