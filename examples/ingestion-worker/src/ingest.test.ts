import { isPop3Error } from '@pop3kit/client'
import { malformedMailbox } from '@pop3kit/mailbox'
import { loadScenario } from '@pop3kit/scenario'
import { type Fault, fault, pop3, type Pop3Server, positions, type Reply, splits } from '@pop3kit/server'
import { expect, test as base } from '@pop3kit/testing/vitest'
import { afterEach, describe, vi } from 'vitest'
import { ingest, ingestPatiently, type Mailbox } from './ingest.ts'
import { Store } from './store.ts'

// #region fixtures
const one = 'Subject: one\r\n\r\nfirst\r\n'
const two = 'Subject: two\r\n\r\n.second\r\n'
const messages = [
  { uid: 'uid-1', content: one },
  { uid: 'uid-2', content: two },
]
const maildrops = { alice: { password: 'wonderland', messages } }

const test = base.override('serverOptions', { maildrops }).extend('store', () => new Store(':memory:'))

function mailboxOn({ host, port }: Pop3Server): Mailbox {
  return { host, port, auth: { user: 'alice', pass: 'wonderland', mechanism: 'USER' } }
}

function stored(store: Store): string[] {
  return store.messages().map((octets) => new TextDecoder().decode(octets))
}
// #endregion

// #region happy
test('what is stored is deleted', async ({ server, store }) => {
  await ingest(mailboxOn(server), store)
  expect(stored(store)).toEqual([one, two])
  expect(server).toHaveReceivedCommands(['RETR 1', 'DELE 1', 'RETR 2', 'DELE 2', 'QUIT'])
  expect(server.maildrop('alice')).toHaveCommittedDeletes(['uid-1', 'uid-2'])
})
// #endregion

// #region cut
test('a message that is cut in half is not stored, and nothing is deleted', async ({ server, store }) => {
  server.use(pop3.retr(2, fault.cut({ line: 2 }), { once: true }))
  await expect(ingest(mailboxOn(server), store)).rejects.toMatchObject({ code: 'POP3_CLOSED' })
  expect(stored(store)).toEqual([one])
  expect(server.maildrop('alice')).not.toHaveCommittedDeletes()

  await ingest(mailboxOn(server), store)
  expect(stored(store)).toEqual([one, two])
  expect(server.sessions[1]).toHaveRetrieved(['uid-2'])
  expect(server.maildrop('alice')).toHaveMessages(0)
})
// #endregion

test('two messages that have the same unique-id are both stored, once each', async ({ server, store }) => {
  server.use(pop3.uidl(fault.uids('duplicate')), pop3.retr(2, fault.cut('status'), { once: true }))
  await expect(ingest(mailboxOn(server), store)).rejects.toMatchObject({ code: 'POP3_CLOSED' })
  await ingest(mailboxOn(server), store)
  expect(stored(store)).toEqual([one, two])
  expect(server.maildrop('alice')).toHaveMessages(0)
})

// #region scenario
test('of a server that loses deletes nothing is taken twice', async ({ server, store }) => {
  const file = import.meta.resolve('@pop3kit/scenario/fixtures/scenarios/m41-deletes-lost.yaml')
  server.use(...(await loadScenario(new URL(file))).handlers)
  await ingest(mailboxOn(server), store)
  await ingest(mailboxOn(server), store)
  expect(stored(store)).toEqual([one, two])
  expect(server.maildrop('alice')).toHaveMessages(2)
  expect(server.sessions[1]).not.toHaveRetrieved()
})
// #endregion

// #region slow
describe('when a message takes minutes', () => {
  test.override('serverOptions', { maildrops, clock: 'virtual' })

  test('it is waited for', async ({ server, store }) => {
    server.use(pop3.retr(1, fault.slow('4m', { line: 2 })))
    const ingested = ingest(mailboxOn(server), store)
    await server.clock.advance('3m')
    expect(stored(store)).toEqual([])
    await server.clock.advance('1m')
    await ingested
    expect(stored(store)).toEqual([one, two])
  })
})
// #endregion

// #region locked
describe('when another program has the maildrop', () => {
  test.override('serverOptions', { maildrops, clock: 'timers' })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('the worker comes back a minute later', async ({ server, store }) => {
    vi.useFakeTimers()
    const { handlers } = await loadScenario(new URL('../scenarios/locked-twice.yaml', import.meta.url))
    server.use(...handlers)
    const ingested = ingestPatiently(mailboxOn(server), store)
    await server.clock.advance('1m')
    expect(stored(store)).toEqual([])
    await server.clock.advance('1m')
    await ingested
    expect(stored(store)).toEqual([one, two])
    expect(server.sessions).toHaveLength(3)
  })
})
// #endregion

// #region malformed
const malformed = await malformedMailbox()

describe('broken MIME', () => {
  const alice = {
    password: 'wonderland',
    messages: malformed.messages,
    policies: { internationalized: 'send' },
  } as const
  test.override('serverOptions', { maildrops: { alice } })

  test('is stored octet by octet', async ({ server, store }) => {
    const sent = await Promise.all(server.maildrop('alice').messages.map((message) => message.bytes()))
    await ingest(mailboxOn(server), store)
    expect(store.messages()).toEqual(sent)
  })
})
// #endregion

// #region everywhere
describe('at every place of every reply', () => {
  /** Gives an empty store for each place of each reply of an ingestion, and plays the fault there. */
  async function* everywhere<Place>(
    server: Pop3Server,
    placesOf: (reply: Reply) => Iterable<Place>,
    faultAt: (place: Place) => Fault,
  ) {
    const replies: Reply[] = []
    const listen = pop3.any(async (_, next) => {
      const reply = await next()
      replies.push(reply)
      return reply
    })
    server.use(listen)
    await ingest(mailboxOn(server), new Store(':memory:'))
    for (const [index, reply] of replies.entries()) {
      for (const place of placesOf(reply)) {
        await server.reset()
        server.use(pop3.any(faultAt(place), { nth: index + 1 }))
        yield new Store(':memory:')
        server.assertNoPendingFaults()
      }
    }
  }

  test.for(['cut', 'reset'] as const)(
    '%s: nothing is lost, taken twice, or deleted before it is stored',
    { timeout: 60_000 },
    async (end, { server }) => {
      for await (const store of everywhere(server, positions, fault[end])) {
        const forget = server.on('update', ({ removed }) => {
          expect(removed.filter((uniqueId) => !store.has(uniqueId))).toEqual([])
        })
        await ingest(mailboxOn(server), store).catch((error: unknown) => expect(error).toSatisfy(isPop3Error))
        await ingest(mailboxOn(server), store)
        expect(stored(store)).toEqual([one, two])
        expect(server.maildrop('alice')).toHaveMessages(0)
        forget()
      }
    },
  )

  test('split: all is well', { timeout: 60_000 }, async ({ server }) => {
    for await (const store of everywhere(server, splits, fault.split)) {
      await ingest(mailboxOn(server), store)
      expect(stored(store)).toEqual([one, two])
    }
  })
})
// #endregion
