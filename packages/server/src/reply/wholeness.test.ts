import { expect, test } from 'vitest'
import { type Fault, fault, pop3 } from '../index.ts'
import { play } from '../testing/play.ts'
import { aliceServer, talk } from '../testing/talk.ts'

const uids = async (faults: readonly Fault[]): Promise<string[]> => {
  const { server } = await play(faults, ['RETR 2'], { during: '1h' })
  return server.sessions[0]?.retrieved.map(({ uid }) => uid) ?? []
}

test.each<[string, readonly Fault[]]>([
  ['as it is', []],
  ['octet by octet', [fault.chunks(1)]],
  ['slowly, in pieces', [fault.drip({ octets: 3, every: '1s' })]],
  ['with another status', [fault.status('+ok')]],
  ['and then the connection is closed', [fault.hangUp()]],
])('a message that goes out %s is retrieved', async (_, faults) => {
  expect(await uids(faults)).toHaveLength(1)
})

test.each<[string, readonly Fault[]]>([
  ['cut in the middle', [fault.cut({ octet: 30 })]],
  ['without its terminator', [fault.terminator('missing')]],
  ['with dots that are not stuffed', [fault.stuffing('skipped')]],
  ['with other line ends', [fault.lineEnds('lf')]],
])('a message that goes out %s is not', async (_, faults) => {
  expect(await uids(faults)).toEqual([])
})

test('a session knows what it retrieved, each time, and the maildrop knows its sessions', async () => {
  const server = aliceServer()
  const client = await talk(server).login()
  await client.ask('RETR 2')
  await client.ask('TOP 1 10')
  await client.ask('RETR 2')
  server.use(pop3.retr(1, fault.err('busy')))
  await client.ask('RETR 1')
  const [session] = server.sessions
  const uid = server.maildrop('alice').messages[1]?.uid
  expect(session?.retrieved).toEqual([
    { number: 2, uid },
    { number: 2, uid },
  ])
  expect(server.maildrop('alice').sessions).toEqual([session])
})
