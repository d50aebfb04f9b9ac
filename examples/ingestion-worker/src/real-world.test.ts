import { malformedMailbox } from '@pop3kit/mailbox'
import { loadScenario } from '@pop3kit/scenario'
import { describe } from 'vitest'
import { ingest } from './ingest.ts'
import { expect, mailboxOn, one, stored, test, two } from './testing.ts'

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

// #region malformed
const malformed = await malformedMailbox()

describe('broken MIME', () => {
  test.override('serverOptions', {
    maildrops: {
      alice: { password: 'wonderland', messages: malformed.messages, policies: { internationalized: 'send' } },
    },
  })

  test('is stored octet by octet', async ({ server, store }) => {
    const sent = await Promise.all(server.maildrop('alice').messages.map((message) => message.bytes()))
    await ingest(mailboxOn(server), store)
    expect(store.messages()).toEqual(sent)
  })
})
// #endregion
