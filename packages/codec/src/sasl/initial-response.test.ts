import { expect, test } from 'vitest'
import { encodeText } from '../octets.ts'
import { fc } from '../testing/arbitraries.ts'
import { decodeInitialResponse, encodeInitialResponse } from './initial-response.ts'

test('R74: a response of no octets is "="', () => {
  expect(encodeInitialResponse(new Uint8Array())).toBe('=')
  expect(decodeInitialResponse('=')).toEqual(new Uint8Array())
})

test('R74: no response is no argument', () => {
  expect(encodeInitialResponse(undefined)).toBeUndefined()
})

test('R74: the response of RFC 5034 is base64', () => {
  expect(encodeInitialResponse(encodeText('test\0test\0test'))).toBe('dGVzdAB0ZXN0AHRlc3Q=')
})

test('any response comes out as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (octets) => {
      expect(decodeInitialResponse(encodeInitialResponse(octets) ?? '')).toEqual(octets)
    }),
  )
})

test.each(['==', '===', '*', 'dGVzdA', 'dGVzdA== x'])('R77: %j is refused', (text) => {
  expect(() => decodeInitialResponse(text, { offset: 11 })).toThrow(expect.objectContaining({ code: 'POP3_PROTOCOL' }))
})
