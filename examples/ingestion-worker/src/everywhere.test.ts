import { isPop3Error } from '@pop3kit/client'
import { type Fault, fault, pop3, type Pop3Server, positions, type Reply, splits } from '@pop3kit/server'
import { ingest } from './ingest.ts'
import { Store } from './store.ts'
import { expect, mailboxOn, one, stored, test, two } from './testing.ts'

// #region everywhere
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
// #endregion

test('split: all is well', { timeout: 60_000 }, async ({ server }) => {
  for await (const store of everywhere(server, splits, fault.split)) {
    await ingest(mailboxOn(server), store)
    expect(stored(store)).toEqual([one, two])
  }
})
