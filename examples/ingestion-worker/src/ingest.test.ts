// #region start
import { fault, pop3 } from '@pop3kit/server'
import { ingest } from './ingest.ts'
import { expect, mailboxOn, one, stored, test, two } from './testing.ts'

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
