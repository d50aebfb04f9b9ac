import { generate } from '@pop3kit/mailbox'
import { fault, pop3 } from '@pop3kit/server'
import { assertClosedCleanly, assertNotCommittedDeletes, assertRetrieved, usePop3Server } from '@pop3kit/testing/node'
import assert from 'node:assert/strict'
import test from 'node:test'
import { newest } from './newest.mjs'

const messages = generate({ count: 10_000, size: 2000, seed: 42 })
const maildrops = { alice: { password: 'wonderland', messages } }

test('of ten thousand messages two are fetched', async (context) => {
  const server = await usePop3Server(context, { maildrops })
  const found = await newest(server, 2)
  assert.deepEqual(
    found.map(({ length }) => length),
    [2000, 2000],
  )
  assertRetrieved(server, ['generated-42-9999', 'generated-42-10000'])
  assertNotCommittedDeletes(server)
  assertClosedCleanly(server)
})

test('a listing that breaks off is an error', async (context) => {
  const server = await usePop3Server(context, { maildrops })
  server.use(pop3.uidl(fault.cut({ line: 5000 }), { once: true }))
  await assert.rejects(newest(server, 2), { code: 'POP3_CLOSED' })
  assertNotCommittedDeletes(server)
})

test('an assertion says what was expected, and what came', async (context) => {
  const server = await usePop3Server(context, { maildrops })
  await newest(server, 1)
  assert.throws(() => assertRetrieved(server, ['generated-42-1']), {
    name: 'AssertionError',
    message: /^Expected the server to have delivered whole exactly.* > generated-42-1\n.*Session 1 of alice/s,
  })
})
