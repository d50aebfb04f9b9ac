import { digestsMailbox } from '@pop3kit/mailbox'
import { loadScenario } from '@pop3kit/scenario'
import { fault, pop3 } from '@pop3kit/server'
import { expect, test } from '@pop3kit/testing/vitest'
import { ingest, type Store } from './ingest'

const { messages } = await digestsMailbox()
const uids = messages.map(({ uid = '' }) => uid)
const auth = { user: 'alice', pass: 'wonderland' }
test.override('serverOptions', { maildrops: { alice: { password: 'wonderland', messages } } })

test.for(['status', 'terminator', { line: 5 }] as const)(
  'a message that is cut at %o is not lost',
  async (at, { server }) => {
    server.use(pop3.retr(2, fault.cut(at), { once: true }))
    const store: Store = new Map()
    await expect(ingest({ host: server.host, port: server.port, auth }, store)).rejects.toMatchObject({
      code: 'POP3_CLOSED',
    })
    expect(server).toHaveRetrieved(uids.slice(0, 1))
    expect(server.maildrop('alice')).not.toHaveCommittedDeletes()

    await ingest({ host: server.host, port: server.port, auth }, store)
    expect([...store.keys()]).toEqual(uids)
    expect(server.maildrop('alice')).toHaveCommittedDeletes(uids)
  },
)

test('a maildrop that is busy twice, as a file says, is asked again', async ({ server }) => {
  const busy = await loadScenario(new URL('busy.yaml', import.meta.url))
  server.use(...busy.handlers)
  const provider = { host: server.host, port: server.port, auth: { ...auth, mechanism: 'USER' } } as const
  await expect(ingest(provider, new Map())).rejects.toMatchObject({ responseCode: 'IN-USE' })
  await expect(ingest(provider, new Map())).rejects.toMatchObject({ responseCode: 'IN-USE' })
  await ingest(provider, new Map())
})

test('a matcher says what was expected, and what came', async ({ server }) => {
  await ingest({ host: server.host, port: server.port, auth }, new Map())
  expect(() => expect(server.maildrop('alice')).toHaveMessages(1)).toThrow(
    /^Expected the maildrop of "alice" to hold 1 message: it holds 0\n.*Session 1 of alice \(UPDATE, closed\):/s,
  )
})
