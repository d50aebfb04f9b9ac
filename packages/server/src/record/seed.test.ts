import { expect, test } from 'vitest'
import { type Pop3Server, fault, pop3, reply } from '../index.ts'
import { aliceServer, talk } from '../testing/talk.ts'

/** A session in which all that can be random is, on a clock that is moved. */
async function session(seed: number): Promise<Pop3Server> {
  const server = aliceServer({
    seed,
    clock: 'virtual',
    handlers: [
      pop3.stat(fault.slowBetween('1s', '10s', { octet: 4 })),
      pop3.list(fault.slowLognormal({ median: '2s', sigma: 1, max: '1m' })),
      pop3.uidl(fault.uids('churn')),
      pop3.noop(({ random }) => reply.ok(String(random()))),
    ],
  })
  const client = talk(server)
  client.send('USER alice\r\nPASS wonderland\r\nUIDL\r\nSTAT\r\nLIST\r\nSTAT\r\nNOOP\r\nNOOP\r\nQUIT\r\n')
  await server.clock.advance('5m')
  await server.close()
  return server
}

const entriesOf = (server: Pop3Server): string => JSON.stringify(server.sessions.map(({ entries }) => entries))

test('the same seed gives the same octets at the same times, another one others, and the transcript says which it was', async () => {
  const [one, again, other] = [await session(1939), await session(1939), await session(1940)]
  expect(one.transcript()).toMatch(/^# seed 1939\n# session 1\n/)
  expect(again.transcript()).toBe(one.transcript())
  expect(entriesOf(again)).toBe(entriesOf(one))
  expect(other.transcript()).not.toContain(one.transcript().split('\n').slice(1).join('\n'))
  const octets = (server: Pop3Server): string => server.transcript().replaceAll(/^#.*\n/gm, '')
  expect(octets(other)).not.toBe(octets(one))
})

test('what reset() begins anew is the same once more', async () => {
  const server = aliceServer({
    seed: 7,
    clock: 'virtual',
    handlers: [pop3.noop(({ random }) => reply.ok(String(random())))],
  })
  const say = async (): Promise<string> => {
    await (await talk(server).login()).say('NOOP')
    await server.clock.advance(0)
    return entriesOf(server)
  }
  const first = await say()
  await server.reset()
  expect(await say()).toBe(first)
})

test('errors that tell of a session name the seed', async () => {
  const server = aliceServer({ seed: 42 })
  server.use(
    pop3.stat(fault.err('never asked for')),
    pop3.noop(() => {
      throw new Error('a mistake')
    }),
  )
  expect(() => server.assertNoPendingFaults()).toThrow(/\(seed 42\)/)
  await (await talk(server).login()).say('NOOP')
  await expect(server.close()).rejects.toThrow('threw (seed 42): Error: a mistake')
})
