import { expect, test } from 'vitest'
import { canonicalTarget, isThisMachine, nameOfTarget, targetsOf } from './target.ts'

test.each([
  ['pop.example.com:110', ['pop.example.com:110']],
  ['POP.Example.COM.:110', ['pop.example.com:110']],
  ['pop.example.com', ['pop.example.com:110', 'pop.example.com:995']],
  ['bücher.example:995', ['xn--bcher-kva.example:995']],
  ['under_score.example:110', ['under_score.example:110']],
  ['192.0.2.7:110', ['192.0.2.7:110']],
  ['[2001:DB8:0::1]:995', ['[2001:db8::1]:995']],
  ['2001:db8::1', ['[2001:db8::1]:110', '[2001:db8::1]:995']],
])('%s means %j', (text, names) => {
  expect(targetsOf(text).map(nameOfTarget)).toEqual(names)
})

test('hosts that are the same in different spellings are the same target', () => {
  const spellings = ['2001:db8::1', '2001:0DB8::0001', '2001:db8:0:0:0:0:0:1']
  expect(new Set(spellings.map((host) => canonicalTarget({ host, port: 110 }).host)).size).toBe(1)
})

test.each([
  ['localhost', true],
  ['mail.localhost', true],
  ['127.0.0.1', true],
  ['127.5.5.5', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['localhost.example.com', false],
  ['1270.example.com', false],
  ['192.0.2.127', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isThisMachine(host)).toBe(expected)
})
