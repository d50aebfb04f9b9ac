import { expect, test } from 'vitest'
import { fault, pop3, reply } from '../index.ts'
import { aliceServer, talk } from '../testing/talk.ts'

test('a fault that never fired is told in a table, with what was expected', async () => {
  const server = aliceServer({ seed: 7 })
  server.use(
    pop3.retr(1, fault.cut({ octet: 5000 }), { once: true }),
    pop3.noop(fault.err('busy'), { times: 2 }),
    pop3.stat(fault.err()),
  )
  const client = await talk(server).login()
  await client.ask('RETR 1')
  await client.say('NOOP')
  expect(() => server.assertNoPendingFaults()).toThrow(
    [
      'Cannot pass over 3 faults that have not fired as often as expected (seed 7):',
      '  handler                       expected   actual',
      '  RETR 1: cut({ octet: 5000 })  1          0 (asked once)',
      "  NOOP: err('busy')             2          1",
      '  STAT: err()                   1 or more  0',
    ].join('\n'),
  )
})

test('of faults that stand together each is to fire', async () => {
  const server = aliceServer()
  server.use(pop3.retr(1, [fault.apart('lines'), fault.cut({ octet: 5000 })], { once: true, user: 'alice' }))
  const client = await talk(server).login()
  await client.ask('RETR 1')
  expect(server.listHandlers()[0]).toMatchObject({ uses: 1, fired: 1, effects: [1, 0] })
  expect(() => server.assertNoPendingFaults()).toThrow(
    [
      'Cannot pass over a fault that has not fired as often as expected (seed 1):',
      '  handler                                         expected  actual',
      "  RETR 1: apart('lines') { user: 'alice' }        1         1",
      "  RETR 1: cut({ octet: 5000 }) { user: 'alice' }  1         0 (asked once)",
    ].join('\n'),
  )
})

test('one that is to fire the nth time, or in a state that is never reached, is pending until then', async () => {
  const server = aliceServer()
  server.use(
    pop3.noop(fault.err('second'), { nth: 2 }),
    pop3.stat(fault.err('busy'), { when: 'start', then: 'busy' }),
    pop3.list(fault.err('busy'), { when: 'busy', session: 1 }),
  )
  const client = await talk(server).login()
  expect(await client.say('NOOP')).toBe('+OK')
  expect((await client.ask('LIST'))[0]).toMatch(/^\+OK/)
  expect(() => server.assertNoPendingFaults()).toThrow(
    [
      'Cannot pass over 3 faults that have not fired as often as expected (seed 1):',
      '  handler                                            expected   actual',
      "  NOOP: err('second')                                1          0",
      "  STAT: err('busy') { when: 'start', then: 'busy' }  1 or more  0",
      "  LIST: err('busy') { when: 'busy', session: 1 }     1 or more  0",
    ].join('\n'),
  )
  await client.say('NOOP')
  await client.say('STAT')
  await client.say('LIST')
  server.assertNoPendingFaults()
})

test('code that says how often it is asked is to be asked as often, and any other is not', async () => {
  const server = aliceServer()
  server.use(
    pop3.noop(() => reply.err('twice'), { times: 2 }),
    pop3.stat(function* () {
      yield reply.err('busy')
    }),
  )
  const client = await talk(server).login()
  await client.say('NOOP')
  expect(() => server.assertNoPendingFaults()).toThrow('  NOOP: a function  2         1')
  await client.say('NOOP')
  server.assertNoPendingFaults()
})

test('nothing is pending when every fault has fired, and handlers of your own are not asked', async () => {
  const server = aliceServer()
  server.use(
    pop3.retr(1, fault.cut({ octet: 5 }), { once: true }),
    pop3.stat(() => reply.ok('0 0')),
  )
  expect(() => server.assertNoPendingFaults()).toThrow('Cannot pass over a fault that has not fired')
  const client = await talk(server).login()
  client.send('RETR 1\r\n')
  await client.rest()
  server.assertNoPendingFaults()
  server.restoreHandlers()
  expect(() => server.assertNoPendingFaults()).toThrow(expect.objectContaining({ code: 'POP3_PENDING_FAULTS' }))
})

test('states: busy twice, then fine, whatever else happens in between', async () => {
  const server = aliceServer()
  server.use(
    pop3.stat(fault.err('busy'), { when: 'start', then: 'busy again' }),
    pop3.stat(fault.err('still busy'), { when: 'busy again', then: 'fine' }),
  )
  const client = await talk(server).login()
  expect(await client.say('STAT')).toBe('-ERR busy')
  expect(await client.say('NOOP')).toBe('+OK')
  expect(await client.say('STAT')).toBe('-ERR still busy')
  expect(await client.say('STAT')).toBe('+OK 2 58')
  server.assertNoPendingFaults()
  server.restoreHandlers()
  expect(await client.say('STAT')).toBe('-ERR busy')
})

test('a fault that answers is told in the transcript', async () => {
  const server = aliceServer()
  server.use(pop3.stat(fault.err('busy', { code: 'SYS/TEMP' })))
  const client = await talk(server).login()
  await client.say('STAT')
  expect(server.transcript()).toContain(
    "C: STAT\n# handler: STAT\n# fault: err('busy', { code: 'SYS/TEMP' })\nS: -ERR [SYS/TEMP] busy\n",
  )
})
