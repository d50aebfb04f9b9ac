const { once } = require('node:events')
const { fault, pop3 } = require('@pop3kit/server')
const { usePop3Server } = require('@pop3kit/testing/jest')
const Pop3Command = require('node-pop3')
const { createDesk } = require('./desk.js')

// #region setup
const server = usePop3Server({
  clock: 'timers',
  maildrops: {
    desk: {
      password: 'wonderland',
      messages: [
        { uid: 'uid-1', content: 'From: alice@example.com\r\nSubject: It does not\r\n start\r\n\r\nNot at all.\r\n' },
        {
          uid: 'uid-2',
          content: 'From: bob@example.com\r\nSubject: It does not stop\r\n\r\nIt goes on\r\n...and on.\r\n',
        },
      ],
    },
  },
})

let desk
beforeEach(async () => {
  const { host, port } = server
  desk = createDesk({ host, port, user: 'desk', password: 'wonderland', timeout: 30_000 }).listen(0)
  await once(desk, 'listening')
})
afterEach(() => {
  desk.close()
  jest.useRealTimers()
})
// #endregion

async function get(path, method = 'GET') {
  const response = await fetch(`http://localhost:${desk.address().port}${path}`, { method })
  return { status: response.status, body: await response.json() }
}
const sync = () => get('/sync', 'POST')

const tickets = [
  { from: 'alice@example.com', subject: 'It does not start', text: 'Not at all.' },
  { from: 'bob@example.com', subject: 'It does not stop', text: 'It goes on\r\n...and on.' },
]

test('each mail becomes a ticket once, and stays in the maildrop', async () => {
  expect(await sync()).toEqual({ status: 200, body: { added: 2 } })
  expect(await sync()).toEqual({ status: 200, body: { added: 0 } })
  expect(await get('/tickets')).toEqual({ status: 200, body: tickets })
  expect(server).toHaveRetrieved(['uid-1', 'uid-2'])
  expect(server.maildrop('desk')).not.toHaveCommittedDeletes()
  expect(server).toHaveClosedCleanly()
})

test('who asks while mail is fetched has the same answer', async () => {
  const answers = await Promise.all([sync(), sync()])
  expect(answers).toEqual([
    { status: 200, body: { added: 2 } },
    { status: 200, body: { added: 2 } },
  ])
  expect(server.sessions).toHaveLength(1)
})

// #region hang
test('node-pop3 never notices that the server has closed in the middle of a message', async () => {
  server.use(pop3.retr(2, fault.cut({ line: 2 })))
  const client = new Pop3Command({ host: server.host, port: server.port, user: 'desk', password: 'wonderland' })
  const settled = jest.fn()
  client.RETR(2).then(settled, settled)
  await server.settled()
  await expect(server).toHaveNoOpenSessions()
  expect(settled).not.toHaveBeenCalled()
})

test.each([
  ['closes', fault.cut({ line: 2 })],
  ['resets the connection', fault.reset({ line: 2 })],
  ['goes silent', fault.stall({ line: 2 })],
  ['pauses', fault.split({ terminator: 2 })],
])('when the server %s in the middle of a message, the desk says so, and has it the next time', async (_, broken) => {
  server.use(pop3.retr(2, broken, { once: true }))
  const broke = new Promise((resolve) => server.on('fault', resolve))
  jest.useFakeTimers()
  const answer = sync()
  await broke
  await server.clock.advance('30s')
  jest.useRealTimers()
  expect(await answer).toMatchObject({ status: 502 })
  expect((await get('/tickets')).body).toEqual(tickets.slice(0, 1))

  expect(await sync()).toEqual({ status: 200, body: { added: 1 } })
  expect((await get('/tickets')).body).toEqual(tickets)
})
// #endregion

test('a maildrop that is locked is told, and no session is left open', async () => {
  server.use(pop3.pass(fault.err('maildrop is locked', { code: 'IN-USE' }), { once: true }))
  expect(await sync()).toEqual({ status: 502, body: { error: '[IN-USE] maildrop is locked' } })
  await expect(server).toHaveNoOpenSessions()
  expect(await sync()).toMatchObject({ status: 200 })
})
