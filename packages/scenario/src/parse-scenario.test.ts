import { setupPop3Server } from '@pop3kit/server'
import { expect, test } from 'vitest'
import { parseScenario } from './parse-scenario.ts'

const read = (text: string): ReturnType<typeof parseScenario> => parseScenario(text, { file: 'odd.yaml' })

test('a scenario says what happens, where, how often, and whom the server is like', () => {
  const scenario = read(`
title: The maildrop is busy twice
source: 'M59: agsh/yapople#19'
persona: dovecot
tls: { certificate: expired }
handlers:
  - at: PASS
    times: 2
    play: { err: [maildrop is locked, { code: IN-USE }] }
  - at: RETR 2
    once: true
    when: start
    then: over
    play:
      - slow: 2s
      - cut: { octet: 1200 }
  - { at: greeting, play: stall }
  - { at: any, play: { stall: } }
  - { at: 'LIST /^[12]$/i', play: [{ stall: [] }] }
  - { at: TOP 1 5, user: alice, session: 2, nth: 3, play: stall }
`)
  expect(scenario).toMatchObject({
    title: 'The maildrop is busy twice',
    source: 'M59: agsh/yapople#19',
    persona: 'dovecot',
  })
  const server = setupPop3Server(scenario.options)
  expect(server.listHandlers().map(({ place, faults, options }) => [place, faults, options])).toEqual([
    ['PASS', ["err('maildrop is locked', { code: 'IN-USE' })"], { times: 2 }],
    ['RETR 2', ["slow('2s')", 'cut({ octet: 1200 })'], { once: true, when: 'start', then: 'over' }],
    ['greeting', ['stall()'], {}],
    ['*', ['stall()'], {}],
    ['LIST /^[12]$/i', ['stall()'], {}],
    ['TOP 1 5', ['stall()'], { user: 'alice', session: 2, nth: 3 }],
  ])
  expect(scenario.handlers.map(({ argument }) => argument)).toEqual([
    undefined,
    2,
    undefined,
    undefined,
    /^[12]$/i,
    '1 5',
  ])
})

test('JSON is a scenario, too, and may name its schema, as editors ask', () => {
  const { handlers } = read(
    '{\n\t"$schema": "schema.json",\n\t"title": "Cut",\n\t"handlers": [{ "at": "RETR", "play": { "cut": "terminator" } }]\n}',
  )
  expect(handlers[0]?.place).toBe('RETR')
})

test('policies and texts change the persona, in milliseconds', () => {
  const { options } = read(`
title: A hasty Courier
persona: courier
texts: { greeting: 'Yes?' }
commands: { TOP: null, UIDL: [TRANSACTION] }
policies:
  loginDelay: 15m
  loginTime: 1s
  idle: { TRANSACTION: 60s }
  delays: { login.refused: 2s }
  window: { newest: 100 }
  closesAfter: [login.refused]
`)
  expect(Object.keys(Object(options.persona).commands)).not.toContain('TOP')
  expect(options.persona).toMatchObject({
    name: 'courier',
    commands: { UIDL: ['TRANSACTION'], LIST: ['TRANSACTION'] },
    texts: { greeting: 'Yes?', 'login.ok': 'logged in.' },
    policies: {
      loginDelay: 900_000,
      loginTime: 1000,
      idle: { TRANSACTION: 60_000, AUTHORIZATION: 60_000 },
      window: { newest: 100 },
    },
  })
})

test('a persona that is not changed stays a name', () => {
  expect(read('{ title: Gmail, persona: gmail }').options).toEqual({ persona: 'gmail', handlers: [] })
  expect(read('title: Nothing').options).toEqual({ handlers: [] })
})

const refused: ReadonlyArray<[why: string, scenario: string, message: string | RegExp]> = [
  [
    'an unknown fault',
    'title: t\nhandlers:\n  - at: RETR\n    play:\n      - slow: 2s\n      - explode: { octet: 5 }',
    /^line 6, column 9: cannot find a fault "explode"; expected one of err, status, duplicate, /,
  ],
  [
    'an unknown fault without arguments',
    'title: t\nhandlers: [{ at: RETR, play: explode }]',
    /^line 2, column 30: cannot find a fault "explode"; expected one of err, /,
  ],
  [
    'a position that cannot be',
    'title: t\nhandlers:\n  - at: RETR\n    play: { cut: { octet: -1 } }',
    'line 4, column 18: cannot use -1 as the octets before a place; expected a whole number, 0 or more',
  ],
  [
    'a word that a fault does not take',
    'title: t\nhandlers: [{ at: LIST, play: [{ terminator: lost }] }]',
    /^line 2, column 45: cannot use 'lost' as the manner of a terminator; expected 'missing', /,
  ],
  [
    'a duration that is none',
    'title: t\nhandlers: [{ at: LIST, play: { slow: -2s } }]',
    "line 2, column 38: cannot use '-2s' as a duration; expected milliseconds, or text such as 250ms, 2s, 10m or 1h",
  ],
  [
    'too many arguments',
    'title: t\nhandlers: [{ at: LIST, play: { blankLine: [1, 2] } }]',
    'line 2, column 43: cannot call blankLine with 2 arguments; expected none',
  ],
  [
    'two faults in one mapping',
    'title: t\nhandlers: [{ at: LIST, play: { slow: 2s, stall: [] } }]',
    'line 2, column 30: {"slow":"2s","stall":[]} is no fault; expected a fault: its name, or a mapping from its name to its arguments',
  ],
  [
    'no fault',
    'title: t\nhandlers: [{ at: LIST, play: [] }]',
    'line 2, column 30: the list is empty; expected a fault: its name, or a mapping from its name to its arguments',
  ],
  [
    'a number for a fault',
    'title: t\nhandlers: [{ at: LIST, play: [12] }]',
    'line 2, column 31: 12 is no fault; expected a fault: its name, or a mapping from its name to its arguments',
  ],
  [
    'nothing to play',
    'title: t\nhandlers: [{ at: LIST }]',
    /^line 2, column 12: the key "play" is missing; expected a mapping with the keys at, /,
  ],
  [
    'a point that is none',
    'title: t\nhandlers: [{ at: greting, play: stall }]',
    /^line 2, column 18: handlers\[0\]\.at is "greting"; expected a verb in upper case .* or one of any, connection, tls, greeting, /,
  ],
  [
    'a pattern that is none',
    'title: t\nhandlers: [{ at: "LIST /[/", play: stall }]',
    'line 2, column 18: "/[/" is no pattern; expected a regular expression between slashes',
  ],
  [
    'once and so many times',
    'title: t\nhandlers: [{ at: LIST, once: true, times: 2, play: stall }]',
    'line 2, column 12: cannot use "once" and "times" of the handler for LIST together; expected one of them',
  ],
  [
    'a number of times that cannot be',
    'title: t\nhandlers: [{ at: LIST, times: 0, play: stall }]',
    'line 2, column 31: handlers[0].times is 0; expected a whole number, 1 or more',
  ],
  [
    'an unknown key of a handler',
    'title: t\nhandlers: [{ at: LIST, tmes: 1, play: stall }]',
    'line 2, column 24: unknown key "tmes"; expected a mapping with the keys at, once, times, nth, session, user, when, then, scenario, play',
  ],
  [
    'an unknown key',
    'title: t\nhandler: []',
    'line 2, column 1: unknown key "handler"; expected a mapping with the keys title, source, persona, texts, commands, policies, tls, handlers, $schema',
  ],
  [
    'no title',
    'handlers: []',
    'line 1, column 1: the key "title" is missing; expected a mapping with the keys title, source, persona, texts, commands, policies, tls, handlers, $schema',
  ],
  [
    'an unknown persona',
    'title: t\npersona: postfix',
    'line 2, column 10: persona is "postfix"; expected one of strict, courier, dovecot, cyrus, gmail, gmail-recent, exchange, zimbra',
  ],
  [
    'an unknown policy',
    'title: t\npolicies:\n  lockSession: true',
    /^line 3, column 3: unknown key "lockSession"; expected a mapping with the keys lock, loginDelay, /,
  ],
  [
    'a policy that cannot be',
    'title: t\npolicies:\n  lock: never',
    'line 3, column 9: policies.lock is "never"; expected one of exclusive, shared',
  ],
  [
    'a window with two ends',
    'title: t\npolicies: { window: { oldest: 5, newest: 5 } }',
    'line 2, column 21: policies.window is {"oldest":5,"newest":5}; expected a mapping with one of the keys oldest, newest, days, a whole number, 1 or more',
  ],
  [
    'an unknown verb',
    'title: t\ncommands: { TOOP: [TRANSACTION] }',
    /^line 2, column 11: cannot find "TOOP" in commands of the persona "strict"; expected one of "USER", /,
  ],
  [
    'an unknown state',
    'title: t\npolicies: { idle: { LOGIN: 5s } }',
    'line 2, column 21: unknown key "LOGIN"; expected one of AUTHORIZATION, TRANSACTION',
  ],
  [
    'an unknown text',
    'title: t\ntexts: { hello: hi }',
    /^line 2, column 10: unknown key "hello"; expected the name of a text, one of greeting, /,
  ],
  [
    'a text of two lines',
    'title: t\ntexts: { greeting: "a\\nb" }',
    'line 2, column 20: texts.greeting is "a\\nb"; expected one line of text',
  ],
  ['nothing', '', /^line 1, column 1: the scenario is empty; expected a mapping with the keys title, /],
  ['a list', '- title: t', /^line 1, column 1: the scenario is \[{"title":"t"}\]; expected a mapping with/],
  ['an open bracket', 'title: [', /^line 1, column 9: .*; expected YAML 1\.2 or JSON$/],
  ['an alias', 'title: *star', 'line 1, column 8: this is an alias; expected a value, in quotes if it begins with "*"'],
]

test.each(refused)(
  'a scenario with %s is refused, and the error says where, what and what is allowed',
  (_why, text, message) => {
    let thrown: unknown
    try {
      read(text)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ name: 'ScenarioError', code: 'SCENARIO', file: 'odd.yaml' })
    const said = (thrown as Error).message.replace('Cannot load "odd.yaml": ', '')
    if (typeof message === 'string') expect(said).toBe(message)
    else expect(said).toMatch(message)
  },
)

test('the error carries its place as data', () => {
  expect(() => read('title: t\npersona: postfix')).toThrow(
    expect.objectContaining({ line: 2, column: 10, expected: expect.stringContaining('one of strict, ') }),
  )
})
