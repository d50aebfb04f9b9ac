import { expect, test } from 'vitest'
import { combineScenarios } from './combine-scenarios.ts'
import { parseScenario } from './parse-scenario.ts'
import type { Scenario } from './scenario.ts'
import { hear } from './testing/hear.ts'

const read = (text: string, file?: string): Scenario => parseScenario(text, { file })

test('the handlers of the first are asked first, and both change the persona', () => {
  const one = read(
    '{ title: one, persona: courier, handlers: [{ at: STAT, play: stall }], texts: { greeting: hello } }',
    '1',
  )
  const two = read('{ title: two, policies: { loginDelay: 10s }, handlers: [{ at: LIST, play: stall }] }', '2')
  const { persona, handlers } = combineScenarios([two, one])
  expect(handlers.map(({ place }) => place)).toEqual(['LIST', 'STAT'])
  expect(persona).toMatchObject({ name: 'courier', texts: { greeting: 'hello' }, policies: { loginDelay: 10_000 } })
})

test.each([
  ['persona: gmail', 'persona: strict', 'it wants persona "strict"; expected "gmail", as "1.yaml" wants it'],
  [
    'tls: { certificate: expired }',
    'tls: { certificate: valid }',
    'it wants tls {"certificate":"valid"}; expected {"certificate":"expired"}, as "1.yaml" wants it',
  ],
])('scenarios that want %s and %s do not go together', (one, other, message) => {
  const scenarios = [
    read(`title: one\n${one}`, '1.yaml'),
    read('title: none', '2.yaml'),
    read(`title: other\n${other}`, '3.yaml'),
  ]
  expect(() => combineScenarios(scenarios)).toThrow(`Cannot load "3.yaml": ${message}`)
})

test.each([
  ['files', ['1.yaml', '2.yaml']],
  ['texts that are called nothing', [undefined, undefined]],
])('each is in states of its own: %s', async (_what, [one, other]) => {
  const busy = (verb: string): string => `
title: ${verb} is busy twice
handlers:
  - { at: ${verb}, when: start, then: busy, play: { err: busy } }
  - { at: ${verb}, when: busy, then: free, play: { err: still busy } }`
  const scenarios = [read(busy('STAT'), one), read(busy('LIST'), other)]
  const commands = ['STAT', 'LIST', 'STAT', 'LIST', 'STAT', 'LIST 1']
  const { server, pieces } = await hear(combineScenarios(scenarios), commands)
  expect(pieces).toEqual([
    '-ERR busy\r\n',
    '-ERR busy\r\n',
    '-ERR still busy\r\n',
    '-ERR still busy\r\n',
    '+OK 2 27\r\n',
    '+OK 1 22\r\n',
  ])
  server.assertNoPendingFaults()
})

test('scenarios that want the same go together', () => {
  const text = '{ title: one, persona: gmail, tls: { certificate: expired } }'
  expect(combineScenarios([read(text, '1'), read(text, '2')])).toEqual({
    persona: 'gmail',
    tls: { certificate: 'expired' },
    handlers: [],
  })
})
