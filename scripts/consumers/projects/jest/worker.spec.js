const { bouncesMailbox, compose } = require('@pop3kit/mailbox')
const { fault, pop3 } = require('@pop3kit/server')
const { redirect } = require('@pop3kit/server/redirect')
const { usePop3Server } = require('@pop3kit/testing/jest')
const { takeMail } = require('./worker')

const server = usePop3Server({ clock: 'timers', maildrops: { alice: { password: 'wonderland' } } })
let ca
let undo
beforeAll(async () => {
  undo = await redirect(server, ['pop.gmail.com:995'])
  ca = await server.certificateAuthority()
})
beforeEach(async () => {
  const { messages } = await bouncesMailbox()
  for (const message of messages.slice(0, 2)) server.maildrop('alice').deliver(message)
})
afterEach(() => jest.useRealTimers())
afterAll(() => undo())

test('what is stored is deleted', async () => {
  const store = new Map()
  await takeMail(store, { ca })
  expect([...store.keys()]).toEqual(['dsn-failed', 'dsn-two-recipients'])
  expect(server).toHaveReceivedCommands(['RETR 1', 'DELE 1', 'RETR 2', 'DELE 2', 'QUIT'])
  expect(server.maildrop('alice')).toHaveCommittedDeletes(['dsn-failed', 'dsn-two-recipients'])
  expect(server).toHaveClosedCleanly()
})

test('the maildrop is locked: nothing is lost', async () => {
  server.use(pop3.pass(fault.err('maildrop is locked', { code: 'IN-USE' }), { once: true }))
  await expect(takeMail(new Map(), { ca })).rejects.toThrow('maildrop is locked')
  expect(server.maildrop('alice')).toHaveMessages(['dsn-failed', 'dsn-two-recipients'])
})

test('a message that takes fifty seconds is waited for, without waiting', async () => {
  jest.useFakeTimers()
  const invoice = compose({ from: 'billing@example.com', subject: 'Rechnung für November', text: 'Please pay.' })
  server.maildrop('alice').deliver({ uid: 'invoice', content: invoice })
  server.use(pop3.retr(3, fault.slow('50s'), { once: true }))
  const store = new Map()
  const taken = takeMail(store, { ca })
  await server.clock.advance('50s')
  await taken
  expect(store.get('invoice')).toContain('Subject: =?UTF-8?Q?Rechnung_f=C3=BCr_November?=')
  expect(server).toHaveRetrieved(['dsn-failed', 'dsn-two-recipients', 'invoice'])
})

test('a matcher says what was expected, and what came', async () => {
  await takeMail(new Map(), { ca })
  expect(() => expect(server).toHaveReceivedCommands(['RETR 1', 'RETR 2', 'DELE 1'])).toThrow(
    /^Expected the server .* {2}> DELE 1 {5}DELE 2\n {15}QUIT\n\nSession 1 of alice \(UPDATE, closed\):.*Seed \d+$/s,
  )
})
