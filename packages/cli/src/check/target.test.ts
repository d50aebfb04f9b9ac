import { expect, test } from 'vitest'
import { formatTarget, parseTarget } from './target.ts'

test.each([
  ['pop.example.com', 'pop.example.com', undefined],
  ['pop.example.com:995', 'pop.example.com', 995],
  ['127.0.0.1:110', '127.0.0.1', 110],
  ['[::1]:110', '::1', 110],
  ['[::1]', '::1', undefined],
])('%s is a host, and perhaps a port', (text, host, port) => {
  expect(parseTarget(text)).toEqual({ host, port })
})

test.each(['pop.example.com:995', '127.0.0.1:110', '[::1]:110'])('%s is told as it was typed', (text) => {
  const { host, port = 0 } = parseTarget(text)
  expect(formatTarget({ host, port })).toBe(text)
})

test.each(['', ':110', 'host:', 'host:x', 'host:0', 'host:65536', '::1', 'pop://host', 'a b'])('%j is none', (text) => {
  expect(() => parseTarget(text)).toThrow('Expected a host, or a host and a port')
})
