import { expect, test } from 'vitest'
import { decodeLatin1, encodeLatin1 } from '../octets.ts'
import { fc } from '../testing/arbitraries.ts'
import { formatPlain, parsePlain } from './plain.ts'

/** The examples of RFC 4616 section 4. */
test.each([
  [{ authzid: undefined, authcid: 'tim', password: 'tanstaaftanstaaf' }, '\0tim\0tanstaaftanstaaf'],
  [{ authzid: 'Ursel', authcid: 'Kurt', password: 'xipj3plmq' }, 'Ursel\0Kurt\0xipj3plmq'],
])('R84: %j is [authzid] NUL authcid NUL password', (credentials, message) => {
  expect(decodeLatin1(formatPlain(credentials))).toBe(message)
  expect(parsePlain(encodeLatin1(message))).toEqual(credentials)
})

test('R84: three parts of 255 octets are accepted', () => {
  const parts = ['a', 'b', 'c'].map((letter) => letter.repeat(255))
  const [authzid, authcid, password] = parts
  expect(parsePlain(encodeLatin1(parts.join('\0')))).toEqual({ authzid, authcid, password })
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
  ['no NUL', 'timtanstaaf'],
  ['one NUL', 'tim\0tanstaaf'],
  ['three NULs', '\0tim\0tanstaaf\0'],
  ['no name', '\0\0tanstaaf'],
  ['no password', '\0tim\0'],
  ['nothing', ''],
  ['UTF-8 that is none', '\0tim\0tanstaaf\xff'],
  ['UTF-8 that is cut', '\0tim\0tanstaaf\xc3'],
])('R78: a message with %s is refused, and not shown', (_what, message) => {
  expect(() => parsePlain(encodeLatin1(message))).toThrow(
    expect.objectContaining({
      code: 'POP3_PROTOCOL',
      excerpt: '***',
      message: expect.not.stringMatching(/tim|tanstaaf/),
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
