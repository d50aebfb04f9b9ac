import { expect, test } from 'vitest'
import { type Fault, fault } from '../index.ts'
import { play } from '../testing/play.ts'

const capa = (lines: readonly string[]): string => ['+OK capability list follows', ...lines, '.', ''].join('\r\n')
const honest = (await play([], 'CAPA')).octets.split('\r\n').slice(1, -2)

test.each<[Fault, readonly string[]]>([
  [fault.capabilities({ add: ['XTND', '.hidden'] }), [...honest, 'XTND', '..hidden']],
  [fault.capabilities({ remove: ['top', 'SASL'] }), honest.filter((line) => !/^(TOP|SASL)/.test(line))],
  [fault.capabilities({ only: ['UIDL', 'TOP'] }), ['TOP', 'UIDL']],
  [fault.capabilities({ only: [], add: ['USER'] }), ['USER']],
  [fault.capabilities({ only: [] }), []],
  [fault.capabilities({ case: 'lower' }), honest.map((line) => line.toLowerCase())],
])('$0.fault: exactly these lines', async (played, lines) => {
  const { chunks, fired } = await play(played, 'CAPA')
  expect(chunks).toEqual([capa(lines)])
  expect(fired).toBe(1)
})

test.each<[Fault, string]>([
  [fault.capabilities({}), 'CAPA'],
  [fault.capabilities({ remove: ['X-NONE'] }), 'CAPA'],
  [fault.capabilities({ add: ['X'] }), 'LIST'],
  [fault.capabilities({ add: ['X'] }), 'NOOP'],
])('$0.fault changes nothing at $1, and is pending', async (played, command) => {
  expect((await play(played, command)).fired).toBe(0)
})

test.each([
  [() => fault.capabilities({ add: 'TOP' } as never), "Cannot use 'TOP' as capabilities: expected a list of them"],
  [() => fault.capabilities({ add: ['A\r\nB'] }), "Cannot use 'A\\r\\nB' as a capability: expected one line of text"],
  [
    () => fault.capabilities({ case: 'upper' } as never),
    "Cannot use 'upper' as the case of capabilities: expected 'lower'",
  ],
  [
    () => fault.capabilities({ plus: [] } as never),
    'Cannot use { plus: [] } as lies about capabilities: expected an object with add, remove, only, case',
  ],
])('refused when the fault is made: $1', (make, message) => {
  expect(make).toThrow(message)
})
