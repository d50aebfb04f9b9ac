import { calendarMailbox } from '@pop3kit/mailbox'
import { fault, pop3 } from '@pop3kit/server'
import { usePop3Server } from '@pop3kit/testing/jest'
import { archive, type Store } from './archive'

const server = usePop3Server({ maildrops: { alice: { password: 'wonderland' } } })
const uids = ['request', 'request-with-file', 'recurring']
beforeEach(async () => {
  const { messages } = await calendarMailbox()
  for (const message of messages.slice(0, 3)) server.maildrop('alice').deliver(message)
})

test('what is stored stays on the server, and is not fetched again', async () => {
  const store: Store = new Map()
  await archive(server, store)
  expect([...store.keys()]).toEqual(uids)
  expect(server).toHaveRetrieved(uids)

  await archive(server, store)
  expect(server.sessions[1]).not.toHaveRetrieved()
  expect(server).not.toHaveCommittedDeletes()
  expect(server).toHaveClosedCleanly()
})

test.each(['cut', 'reset'] as const)('when the connection is gone (%s), the message is not stored', async (how) => {
  server.use(pop3.retr(2, fault[how]('terminator'), { once: true }))
  const store: Store = new Map()
  await expect(archive(server, store)).rejects.toMatchObject({ code: 'POP3_CLOSED' })
  expect([...store.keys()]).toEqual(['request'])
})

test('a matcher says what was expected, and what came', async () => {
  await archive(server, new Map())
  const maildrop = server.maildrop('alice')
  expect(() => expect(maildrop).toHaveMessages(['request', 'recurring'])).toThrow(
    /^Expected the maildrop of "alice" to hold exactly.* > recurring {3}request-with-file .*Session 1 of alice/s,
  )
})

// @ts-expect-error -- unique-ids are text
export const mistyped = (): void => expect(server).not.toHaveCommittedDeletes([1])
