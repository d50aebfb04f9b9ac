import { expect, test } from 'vitest'
import { decodeLatin1 } from '../octets.ts'
import { fc } from '../testing/arbitraries.ts'
import { testMessages } from '../testing/messages.ts'
import { readVectors } from '../testing/vectors.ts'
import { formatPlain, parsePlain } from './plain.ts'

const { plain } = readVectors('sasl')

testMessages('PLAIN', parsePlain, plain)

test('R84: what is read is formatted as it came', () => {
  for (const { message, means } of plain) {
    if (means !== null) expect(decodeLatin1(formatPlain(means))).toBe(message)
  }
})

test('any credentials without NUL come out as they were', () => {
  const part = fc
    .string({ unit: 'binary', minLength: 1 })
    .map((text) => text.replaceAll('\0', ''))
    .filter(Boolean)
  const credentials = fc.record({ authzid: fc.option(part, { nil: undefined }), authcid: part, password: part })
  fc.assert(
    fc.property(credentials, (credentials) => {
      expect(parsePlain(formatPlain(credentials))).toEqual(credentials)
    }),
  )
})

test.each([
  { authcid: 'tim', password: 'tan\0staaf' },
  { authcid: 't\0im', password: 'tanstaaf' },
  { authzid: 'o\0ther', authcid: 'tim', password: 'tanstaaf' },
  { authcid: '', password: 'tanstaaf' },
  { authcid: 'tim', password: '' },
])('%j cannot be sent, and is not shown', (credentials) => {
  expect(() => formatPlain(credentials)).toThrow(
    expect.objectContaining({ code: 'POP3_ARGUMENT', message: expect.not.stringMatching(/tim|staaf|other/) }),
  )
})
