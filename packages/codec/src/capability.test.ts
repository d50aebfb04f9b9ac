import { expect, test } from 'vitest'
import { Capabilities, formatCapability, parseCapabilities, parseCapability } from './capability.ts'
import { fc } from './testing/arbitraries.ts'

const lines = ['TOP', 'Sasl PLAIN', 'EXPIRE 60 USER', 'SASL xoauth2', '.HIDDEN']

test('R45: tags are compared in any case', () => {
  const capabilities = parseCapabilities(lines)
  expect([capabilities.has('top'), capabilities.has('Top'), capabilities.has('UIDL')]).toEqual([true, true, false])
  expect(capabilities.get('expire')).toEqual(['60', 'USER'])
})

test('a tag without parameters is there, one that was not announced is not', () => {
  const capabilities = parseCapabilities(lines)
  expect(capabilities.get('TOP')).toEqual([])
  expect(capabilities.get('STLS')).toBeUndefined()
})

test('a tag that is announced twice has the parameters of both lines', () => {
  expect(parseCapabilities(lines).get('SASL')).toEqual(['PLAIN', 'xoauth2'])
})

test('M10, M16: capabilities are listed in their order and as they were sent', () => {
  expect([...parseCapabilities(lines)].map(formatCapability)).toEqual(lines)
})

test('by default there are none', () => {
  expect([...new Capabilities()]).toEqual([])
})

test('D5: blank lines between capabilities are passed over by the lenient alone', () => {
  const blank = ['TOP', '', 'UIDL', ' ']
  expect([...parseCapabilities(blank, { lenient: true })].map(({ tag }) => tag)).toEqual(['TOP', 'UIDL'])
  expect(() => parseCapabilities(blank)).toThrow(expect.objectContaining({ code: 'POP3_PROTOCOL' }))
})

test('a capability that is formatted and parsed is what it was', () => {
  const word = fc.stringMatching(/^[!-~]{1,20}$/)
  fc.assert(
    fc.property(fc.record({ tag: word, params: fc.array(word) }), (capability) => {
      expect(parseCapability(formatCapability(capability))).toEqual(capability)
    }),
  )
})

test.each([
  { tag: 'TOP\r\nSTLS', params: [] },
  { tag: 'SASL', params: ['PLAIN\n'] },
])('a capability that breaks the line is refused: %j', (capability) => {
  expect(() => formatCapability(capability)).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
