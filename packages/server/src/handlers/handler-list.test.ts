import { expect, test } from 'vitest'
import { type HandlerFunction, type PersonaName, fault, pop3, reply, setupPop3Server } from '../index.ts'
import { aliceServer, talk } from '../testing/talk.ts'

test('the handler used last is asked first, and next() asks the one before it', async () => {
  const server = aliceServer()
  server.use(pop3.noop(() => reply.ok('older')))
  server.use(
    pop3.noop(async (_context, next) => {
      const inner = await next()
      return reply.ok(`newer around ${inner.text}`)
    }),
  )
  const client = await talk(server).login()
  expect(await client.say('NOOP')).toBe('+OK newer around older')
})

test('of handlers used together the first is asked first', async () => {
  const server = aliceServer()
  server.use(
    pop3.noop(() => reply.ok('first')),
    pop3.noop(() => reply.ok('second')),
  )
  const client = await talk(server).login()
  expect(await client.say('NOOP')).toBe('+OK first')
})

test('a handler that gives nothing back leaves the answer to the next', async () => {
  const server = aliceServer()
  server.use(pop3.noop(() => undefined))
  const client = await talk(server).login()
  expect(await client.say('NOOP')).toBe('+OK')
})

test('a command is carried out once, even if a handler asks next() and gives nothing back', async () => {
  const server = aliceServer()
  server.use(
    pop3.dele(async (_context, next) => {
      await next()
      return undefined
    }),
  )
  const client = await talk(server).login()
  expect(await client.say('DELE 1')).toBe('+OK message 1 deleted')
})

test('a handler that does not ask next() keeps the server from carrying the command out', async () => {
  const server = aliceServer()
  server.use(pop3.dele(() => reply.ok('deleted, honestly')))
  const client = await talk(server).login()
  await client.say('DELE 1')
  await client.say('QUIT')
  expect(server.maildrop('alice').messages).toHaveLength(2)
})

test('once: only the first time', async () => {
  const server = aliceServer()
  server.use(pop3.noop(() => reply.err('no'), { once: true }))
  const client = await talk(server).login()
  expect([await client.say('NOOP'), await client.say('NOOP')]).toEqual(['-ERR no', '+OK'])
})

test('times: only so many times', async () => {
  const server = aliceServer()
  server.use(pop3.noop(() => reply.err('no'), { times: 2 }))
  const client = await talk(server).login()
  expect([await client.say('NOOP'), await client.say('NOOP'), await client.say('NOOP')]).toEqual([
    '-ERR no',
    '-ERR no',
    '+OK',
  ])
})

test('nth: only when its place is reached for the nth time, and from then on with times', async () => {
  const server = aliceServer()
  server.use(pop3.noop(() => reply.err('second'), { nth: 2 }))
  server.use(pop3.stat(() => reply.err('from the second'), { nth: 2, times: 2 }))
  const client = await talk(server).login()
  expect([await client.say('NOOP'), await client.say('NOOP'), await client.say('NOOP')]).toEqual([
    '+OK',
    '-ERR second',
    '+OK',
  ])
  const stats = [await client.say('STAT'), await client.say('STAT'), await client.say('STAT'), await client.say('STAT')]
  expect(stats.map((line) => line.slice(0, 4))).toEqual(['+OK ', '-ERR', '-ERR', '+OK '])
})

test('session: only in that session', async () => {
  const server = aliceServer({ persona: 'courier' })
  server.use(pop3.noop(() => reply.err('second session'), { session: 2 }))
  const first = await talk(server).login()
  const second = await talk(server).login()
  expect([await first.say('NOOP'), await second.say('NOOP')]).toEqual(['+OK Yup.', '-ERR second session'])
})

test('user: only for that user, at PASS already', async () => {
  const server = setupPop3Server({ maildrops: { alice: { password: 'a' }, bob: { password: 'b' } } })
  server.use(pop3.pass(() => reply.err('not bob'), { user: 'bob' }))
  const alice = talk(server)
  await alice.say()
  await alice.say('USER alice')
  expect(await alice.say('PASS a')).toMatch(/^\+OK/)
  const bob = talk(server)
  await bob.say()
  await bob.say('USER bob')
  expect(await bob.say('PASS b')).toBe('-ERR not bob')
})

test('a number is the first word of the argument, text all of it, a pattern what matches it', async () => {
  const server = aliceServer()
  server.use(
    pop3.top(2, () => reply.err('number')),
    pop3.top('1 5', () => reply.err('text')),
    pop3.list(/^[12]$/, () => reply.err('pattern')),
  )
  const client = await talk(server).login()
  expect(await client.say('TOP 2 0')).toBe('-ERR number')
  expect(await client.say('TOP 1 5')).toBe('-ERR text')
  expect((await client.ask('TOP 1 0'))[0]).toMatch(/^\+OK/)
  expect(await client.say('LIST 1')).toBe('-ERR pattern')
  expect((await client.ask('LIST'))[0]).toMatch(/^\+OK/)
})

test('a generator gives one reply each time, then the server answers again', async () => {
  const server = aliceServer()
  server.use(
    pop3.stat(function* () {
      yield reply.err('locked')
      yield reply.err('still locked')
    }),
  )
  const client = await talk(server).login()
  expect([await client.say('STAT'), await client.say('STAT'), await client.say('STAT')]).toEqual([
    '-ERR locked',
    '-ERR still locked',
    '+OK 2 58',
  ])
})

test('an asynchronous generator does so, too', async () => {
  const server = aliceServer()
  server.use(
    pop3.stat(async function* () {
      yield await Promise.resolve(reply.err('later'))
    }),
  )
  const client = await talk(server).login()
  expect([await client.say('STAT'), await client.say('STAT')]).toEqual(['-ERR later', '+OK 2 58'])
})

test('several functions in one handler stand around each other, the first outermost', async () => {
  const server = aliceServer()
  const around =
    (name: string) =>
    async (_context: unknown, next: () => Promise<{ text: string }>): Promise<ReturnType<typeof reply.ok>> =>
      reply.ok(`${name}(${(await next()).text})`)
  server.use(pop3.noop([around('outer'), around('inner')]))
  const client = await talk(server).login()
  expect(await client.say('NOOP')).toBe('+OK outer(inner())')
})

test('any: every command, and no greeting', async () => {
  const server = aliceServer()
  server.use(pop3.any(() => reply.err('any')))
  const client = talk(server)
  expect(await client.say()).toBe('+OK POP3 server ready')
  expect(await client.say('NOOP')).toBe('-ERR any')
  expect(await client.say('WHAT ever')).toBe('-ERR any')
})

test('command: a verb that the server does not know', async () => {
  const server = aliceServer()
  server.use(pop3.command('xtnd', 'XMIT', () => reply.ok('fine', { lines: ['.a', 'b'] })))
  const client = await talk(server).login()
  expect(await client.ask('XTND XMIT')).toEqual(['+OK fine', '..a', 'b'])
  expect(await client.say('XTND')).toBe('-ERR unknown command')
})

test('handlers are asked in the wrong state, too: whether it is wrong is for the server to say', async () => {
  const server = aliceServer()
  server.use(pop3.stat(() => reply.ok('99 99')))
  const client = talk(server)
  await client.say()
  expect(await client.say('STAT')).toBe('+OK 99 99')
})

test('the context tells the command, the session, the maildrop and the occurrence', async () => {
  const server = aliceServer()
  const seen: unknown[] = []
  server.use(
    pop3.retr(({ point, command, session, maildrop, occurrence }) => {
      seen.push([
        point,
        command?.argument,
        { id: session.id, state: session.state, user: session.user },
        maildrop?.user,
        occurrence,
      ])
      return undefined
    }),
  )
  const client = await talk(server).login()
  await client.ask('RETR 1')
  await client.ask('RETR 2')
  const session = { id: 1, state: 'TRANSACTION', user: 'alice' }
  expect(seen).toEqual([
    ['RETR', '1', session, 'alice', 1],
    ['RETR', '2', session, 'alice', 2],
  ])
})

test('the context knows messages by their numbers, and the session is the same object each time', async () => {
  const server = aliceServer()
  const sessions = new Set<unknown>()
  const seen: unknown[] = []
  server.use(
    pop3.any(({ session }) => {
      sessions.add(session)
      seen.push(session.message(2)?.uid)
      return undefined
    }),
  )
  const client = await talk(server).login()
  await client.say('DELE 2')
  await client.say('NOOP')
  const uid = server.maildrop('alice').messages[1]?.uid
  expect(seen).toEqual([undefined, undefined, uid, uid])
  expect(sessions.size).toBe(1)
})

test('random: the same seed gives the same numbers, another seed others, and each handler its own', async () => {
  const drawn = async (seed: number, again = false): Promise<number[]> => {
    const server = aliceServer({ seed })
    const numbers: number[] = []
    const draw: HandlerFunction = ({ random }) => void numbers.push(random(), random())
    server.use(pop3.stat(draw), pop3.noop(draw))
    if (again) server.restoreHandlers()
    const client = await talk(server).login()
    await client.say('STAT')
    await client.say('NOOP')
    return numbers
  }
  const numbers = await drawn(1)
  expect(new Set(numbers).size).toBe(4)
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true)
  expect(await drawn(1)).toEqual(numbers)
  expect(await drawn(1, true)).toEqual(numbers)
  expect(await drawn(2)).not.toEqual(numbers)
})

test('resetHandlers removes what was used and keeps what the server was set up with, as new', async () => {
  const server = aliceServer({ handlers: [pop3.noop(() => reply.ok('initial'), { once: true })] })
  const client = await talk(server).login()
  expect(await client.say('NOOP')).toBe('+OK initial')
  server.use(pop3.noop(() => reply.ok('used')))
  server.resetHandlers()
  expect([await client.say('NOOP'), await client.say('NOOP')]).toEqual(['+OK initial', '+OK'])
})

test('resetHandlers with handlers puts them in the place of all', async () => {
  const server = aliceServer({ handlers: [pop3.noop(() => reply.ok('initial'))] })
  server.resetHandlers(pop3.stat(() => reply.ok('1 1')))
  const client = await talk(server).login()
  expect([await client.say('NOOP'), await client.say('STAT')]).toEqual(['+OK', '+OK 1 1'])
})

test('restoreHandlers makes used-up handlers and ended generators usable again', async () => {
  const server = aliceServer()
  server.use(
    pop3.noop(() => reply.err('once'), { once: true }),
    pop3.stat(function* () {
      yield reply.err('generated')
    }),
  )
  const client = await talk(server).login()
  const both = async (): Promise<string[]> => [await client.say('NOOP'), await client.say('STAT')]
  expect(await both()).toEqual(['-ERR once', '-ERR generated'])
  expect(await both()).toEqual(['+OK', '+OK 2 58'])
  server.restoreHandlers()
  expect(await both()).toEqual(['-ERR once', '-ERR generated'])
})

test('listHandlers tells places, faults, options and uses in the order of asking', async () => {
  const server = aliceServer({ handlers: [pop3.greeting(() => undefined)] })
  server.use(pop3.retr(2, [fault.slow(0), fault.cut({ octet: 12 })], { times: 3 }))
  const client = await talk(server).login()
  await client.say('RETR 2').catch(() => {})
  expect(server.listHandlers()).toEqual([
    {
      place: 'RETR 2',
      faults: ['slow(0)', 'cut({ octet: 12 })'],
      forms: [
        { name: 'slow', args: [0] },
        { name: 'cut', args: [{ octet: 12 }] },
      ],
      options: { times: 3 },
      uses: 1,
      fired: 1,
      effects: [1, 1],
    },
    { place: 'greeting', faults: [], forms: [undefined], options: {}, uses: 1, fired: 0, effects: [] },
  ])
})

test('a handler that throws is answered with -ERR, and close() rejects with what it threw', async () => {
  const server = aliceServer()
  const broken = new Error('expected 1 to be 2')
  server.use(
    pop3.noop(() => {
      throw broken
    }),
  )
  const client = await talk(server).login()
  expect(await client.say('NOOP')).toMatch(/^-ERR \[SYS\/TEMP\]/)
  expect(await client.say('STAT')).toBe('+OK 2 58')
  await expect(server.close()).rejects.toMatchObject({ code: 'POP3_HANDLER', cause: broken })
})

test('options that cannot be are refused when the handler is made', () => {
  expect(() => pop3.noop(() => undefined, { times: 0 })).toThrow('Cannot use "0" as "times" of the handler for NOOP')
  expect(() => pop3.retr(2, () => undefined, { nth: 1.5 })).toThrow(
    'Cannot use "1.5" as "nth" of the handler for RETR 2',
  )
  expect(() => pop3.retr(2, () => undefined, { onec: true } as never)).toThrow(
    'Cannot use "onec" as an option of the handler for RETR 2: expected one of once, times, nth,',
  )
  expect(() => pop3.pass('wonderland', () => undefined, { once: true, times: 2 })).toThrow(
    'Cannot use "once" and "times" of the handler for PASS *** together: expected one of them',
  )
})

test('a handler that nothing answers, and a verb that no client can say, are refused when they are made', () => {
  const expected = 'Cannot make the handler for RETR 2: expected a fault, a function, or a list of them'
  for (const nobody of [undefined, null, [undefined], 'stall', { once: true }]) {
    expect(() => pop3.retr(2, nobody as never)).toThrow(expected)
  }
  expect(() => pop3.command('XTND XLST', fault.stall())).toThrow('Cannot use "XTND XLST" as a verb: expected one word')
})

test('the password that a handler is for is neither in the record nor in errors', async () => {
  const server = aliceServer()
  server.use(pop3.pass('wonderland', fault.err('no')), pop3.apop('alice 0123', fault.err('no')))
  const client = talk(server)
  await client.say()
  await client.say('USER alice')
  expect(await client.say('PASS wonderland')).toBe('-ERR no')
  expect(server.transcript()).toContain('# handler: PASS ***\n')
  expect(server.sessions[0]?.entries).toContainEqual(expect.objectContaining({ type: 'handler', place: 'PASS ***' }))
  expect(() => server.assertNoPendingFaults()).toThrow(/PASS \*\*\*: err\('no'\).*\n.*APOP alice \*\*\*: err/)
})

test('something that is no handler is refused by use()', () => {
  const server = aliceServer()
  expect(() => server.use((() => reply.ok()) as never)).toThrow(
    'Cannot use a value of type function as a handler: expected one made by pop3.retr()',
  )
})

test.each<[PersonaName, RegExp]>([
  ['strict', /^-ERR USER first$/],
  ['dovecot', /^-ERR /],
  ['courier', /^\+OK /],
])(
  '%s: behind a PASS that a handler answered the name of USER is what it is behind one refused',
  async (persona, answer) => {
    const said = async (password: string): Promise<string> => {
      const server = aliceServer({ persona })
      if (password === 'wonderland') server.use(pop3.pass(() => reply.err('busy'), { once: true }))
      const client = talk(server)
      await client.say()
      await client.say('USER alice')
      expect(await client.say(`PASS ${password}`)).toMatch(/^-ERR/)
      return client.say('PASS wonderland')
    }
    expect(await said('wonderland')).toMatch(answer)
    expect(await said('wrong')).toMatch(answer)
  },
)

test('strict: any command that a handler answered makes the name of USER forgotten', async () => {
  const server = aliceServer()
  server.use(pop3.noop(() => reply.ok()))
  const client = talk(server)
  await client.say()
  await client.say('USER alice')
  await client.say('NOOP')
  expect(await client.say('PASS wonderland')).toBe('-ERR USER first')
})
