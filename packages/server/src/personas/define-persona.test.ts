import { expect, test } from 'vitest'
import { aliceServer, talk } from '../testing/talk.ts'
import { cyrus } from './cyrus.ts'
import { type PersonaDefinition, definePersona } from './define-persona.ts'
import { personaNamed, personaNames } from './index.ts'

test('what is not given is as strict has it', () => {
  const { capabilities, ...others } = personaNamed('strict')
  expect(definePersona({ name: 'strict' })).toEqual({ ...others, capabilities })
})

test.each(personaNames)('the rules that hold for a persona of your own hold for %s, too', (extended) => {
  const persona = personaNamed(extended)
  expect(definePersona({ ...persona, extends: extended })).toEqual({
    ...persona,
    capabilities: expect.any(Function),
  })
})

test('a section that holds others is merged as deep as they are', () => {
  const base = cyrus({ delays: true })
  const { policies, grammar } = definePersona({
    name: 'mine',
    extends: base,
    grammar: { line: { AUTHORIZATION: { octets: 80, longer: 'refuse' } }, arguments: { none: () => undefined } },
    policies: { idle: { TRANSACTION: 1000 }, delays: { 'user.ok': 5 }, badCommands: { AUTHORIZATION: 3 } },
  })
  expect(policies.idle).toEqual({ AUTHORIZATION: 600_000, TRANSACTION: 1000 })
  expect(policies.badCommands).toEqual({ AUTHORIZATION: 3, TRANSACTION: Infinity })
  expect(policies.delays).toEqual({ ...base.policies.delays, 'user.ok': 5 })
  expect(grammar.line).toEqual({ ...base.grammar.line, AUTHORIZATION: { octets: 80, longer: 'refuse' } })
  expect(grammar.arguments).toEqual({ ...base.grammar.arguments, none: expect.any(Function) })
  expect(policies.lock).toBe('shared')
})

test('a verb that is taken away is not known, and not announced where the other persona looks', async () => {
  const persona = definePersona({ name: 'mine', commands: { TOP: undefined, LAST: ['TRANSACTION'] } })
  const client = await talk(aliceServer({ persona })).login()
  expect(await client.say('TOP 1 0')).toBe('-ERR unknown command')
  expect(await client.say('LAST')).toBe('+OK 0')
  expect(await client.ask('CAPA')).not.toContain('TOP')
})

test('the lines of CAPA are given, or made of those of the other persona', async () => {
  const capabilitiesOf = async (capabilities: PersonaDefinition['capabilities']): Promise<string[]> => {
    const persona = definePersona({ name: 'mine', extends: 'zimbra', capabilities })
    const client = talk(aliceServer({ persona }))
    await client.say()
    return (await client.ask('CAPA')).slice(1)
  }
  expect(await capabilitiesOf(['TOP', 'X-MINE'])).toEqual(['TOP', 'X-MINE'])
  const mine = await capabilitiesOf(({ state }, inherited) => [...inherited.slice(0, 2), `X-${state}`])
  expect(mine).toEqual(['TOP', 'USER', 'X-AUTHORIZATION'])
})

test('APOP is taken away with its timestamp', async () => {
  const persona = definePersona({ name: 'mine', timestamp: undefined, texts: { greeting: 'hello {timestamp}' } })
  expect(persona.timestamp).toBeUndefined()
  expect(definePersona({ name: 'mine' }).timestamp).toBeDefined()
})

const wrong =
  (definition: unknown): (() => unknown) =>
  () =>
    definePersona({ name: 'mine', ...(definition as Omit<PersonaDefinition, 'name'>) })

test.each([
  [{ extends: 'postfix' }, 'Cannot find the persona "postfix": expected one of strict, courier, dovecot'],
  [{ text: {} }, 'Cannot find "text" in the persona "mine": expected one of "name", "extends", "texts", "commands"'],
  [
    { texts: { greetings: '' } },
    'Cannot find "greetings" in texts of the persona "mine": expected one of "greeting", ',
  ],
  [
    { texts: { greeting: 'a\r\nb' } },
    String.raw`Cannot use "a\r\nb" as texts.greeting of the persona "mine": expected text without CR, LF and NUL, or a function`,
  ],
  [{ texts: { greeting: undefined } }, 'Cannot use undefined as texts.greeting of the persona "mine"'],
  [{ texts: 'hello' }, 'Cannot use "hello" as texts of the persona "mine": expected an object'],
  [
    { commands: { HELO: ['AUTHORIZATION'] } },
    'Cannot find "HELO" in commands of the persona "mine": expected one of "USER", ',
  ],
  [
    { commands: { STAT: ['UPDATE'] } },
    'Cannot use ["UPDATE"] as commands.STAT of the persona "mine": expected a list, each of which is one of "AUTHORIZATION", "TRANSACTION", or undefined',
  ],
  [
    { capabilities: ['TOP', ''] },
    'expected a list, each of which is a line of printable ASCII, at most 510 octets, or a function',
  ],
  [
    { sasl: { mechanisms: ['NTLM'] } },
    'Cannot use ["NTLM"] as sasl.mechanisms of the persona "mine": expected a list, each of which is one of "PLAIN"',
  ],
  [{ grammar: { line: { UPDATE: {} } } }, 'Cannot find "UPDATE" in grammar.line of the persona "mine"'],
  [{ grammar: { line: { TRANSACTION: { octets: 0 } } } }, 'Cannot use {"octets":0} as grammar.line.TRANSACTION of'],
  [{ grammar: { arguments: { numbers: () => 0 } } }, 'Cannot find "numbers" in grammar.arguments of'],
  [
    { policies: { lock: 'none' } },
    'Cannot use "none" as policies.lock of the persona "mine": expected one of "exclusive", "shared"',
  ],
  [
    { policies: { idle: { TRANSACTION: -1 } } },
    'Cannot use -1 as policies.idle.TRANSACTION of the persona "mine": expected a number, 1 or more',
  ],
  [{ policies: { sessionsPerUser: 0 } }, 'Cannot use 0 as policies.sessionsPerUser of'],
  [{ policies: { loginDelay: NaN } }, 'Cannot use NaN as policies.loginDelay of'],
  [
    { policies: { window: { oldest: 3, newest: 3 } } },
    'expected an object with oldest, newest or days, which is a number, 1 or more',
  ],
  [{ policies: { delays: { 'login.wrong': 5 } } }, 'Cannot find "login.wrong" in policies.delays of'],
  [{ policies: { closesAfter: ['quit'] } }, 'Cannot use ["quit"] as policies.closesAfter of'],
])('it refuses %j and says what is allowed', (definition, message) => {
  expect(wrong(definition)).toThrow(
    expect.objectContaining({ code: 'POP3_ARGUMENT', message: expect.stringContaining(message) }),
  )
})
