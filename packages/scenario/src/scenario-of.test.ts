import { type Fault, type Handler, type HandlerOptions, fault, pop3, reply, setupPop3Server } from '@pop3kit/server'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scenarioOf } from './scenario-of.ts'
import { parseScenario } from './parse-scenario.ts'

test('handlers made of faults are printed, and what is printed makes the same handlers', () => {
  const server = setupPop3Server()
  server.use(
    pop3.retr(2, [fault.slow('2s', 'terminator'), fault.cut({ octet: 1200 })], { nth: 2, times: 3 }),
    pop3.any(fault.stall(), { user: 'alice', session: 2 }),
    pop3.list(/^[12]$/, fault.err('+OK: no', { code: 'SYS/TEMP' }), { when: 'start', then: 'over' }),
    pop3.greeting(fault.split('status', { line: 3 }), { once: true }),
    pop3.command('XTND', 'XMIT now', [fault.err()]),
  )
  const text = scenarioOf(server.listHandlers(), { title: 'Everything: at once', source: 'M1: here' })
  expect(text).toBe(`title: "Everything: at once"
source: "M1: here"
handlers:
  - at: RETR 2
    nth: 2
    times: 3
    play:
      - { slow: [ 2s, terminator ] }
      - { cut: { octet: 1200 } }
  - at: any
    user: alice
    session: 2
    play: stall
  - at: LIST /^[12]$/
    when: start
    then: over
    play: { err: [ "+OK: no", { code: SYS/TEMP } ] }
  - at: greeting
    once: true
    play: { split: [ status, { line: 3 } ] }
  - at: XTND XMIT now
    play: err
`)
  const again = setupPop3Server(parseScenario(text).options)
  expect(again.listHandlers()).toEqual(server.listHandlers())
})

test('whatever stands wherever, what is printed makes the same handlers', () => {
  const places = fc.constantFrom<(...args: [Fault[], HandlerOptions]) => Handler>(
    (faults, options) => pop3.retr(faults, options),
    (faults, options) => pop3.retr(2, faults, options),
    (faults, options) => pop3.top('1 0', faults, options),
    (faults, options) => pop3.list('', faults, options),
    (faults, options) => pop3.uidl(/^[12]$|#: "x"/i, faults, options),
    (faults, options) => pop3.command('xtnd', '- a: [b', faults, options),
    (faults, options) => pop3.any(faults, options),
    (faults, options) => pop3.connection(faults, options),
    (faults, options) => pop3.idle(faults, options),
  )
  const faults = fc.constantFrom(
    fault.err('- "yes": #1', { code: 'SYS/TEMP' }),
    fault.err('12'),
    fault.err('~'),
    fault.status(''),
    fault.arrive('Subject: late\r\n\r\n\ttab\0 é\r\n'),
    fault.split('start', { line: 1 }),
    fault.capabilities({ add: ['X'], only: [] }),
    fault.stall(),
  )
  const count = fc.integer({ min: 1, max: 5 })
  const words = fc.constantFrom('start', 'true', '1', 'a: b')
  const others = { nth: count, session: count, user: words, when: words, then: words, scenario: words }
  const optional = { requiredKeys: [], noNullPrototype: true }
  const options = fc.oneof(
    fc.record({ once: fc.boolean(), ...others }, optional),
    fc.record({ times: count, ...others }, optional),
  )
  const handlers = fc
    .tuple(places, fc.array(faults, { minLength: 1, maxLength: 3 }), options)
    .map(([place, played, when]) => place(played, when))
  fc.assert(
    fc.property(fc.array(handlers, { maxLength: 4 }), (used) => {
      const server = setupPop3Server({ handlers: used })
      const again = setupPop3Server(parseScenario(scenarioOf(server.listHandlers())).options)
      expect(again.listHandlers()).toEqual(server.listHandlers())
    }),
    { numRuns: 200 },
  )
})

test('no handlers are printed as a scenario, too', () => {
  expect(parseScenario(scenarioOf([])).title).toBe('As set up in code')
})

test('a handler that holds a function of your own is refused', () => {
  const server = setupPop3Server()
  server.use(pop3.retr(2, [fault.slow('2s'), () => reply.err('mine')]))
  expect(() => scenarioOf(server.listHandlers())).toThrow(
    'Cannot print the handler for RETR 2 as a scenario: expected one made of faults only, such as fault.cut({ octet: 1200 })',
  )
})
