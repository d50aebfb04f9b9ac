import { expect, test } from 'vitest'
import { decodeText, encodeText } from '../../octets.ts'
import { fc } from '../../testing/arbitraries.ts'
import { formatScramServerFinal, parseScramServerFinal } from './server-final.ts'

test('a signature comes out as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1 }), (signature) => {
      expect(parseScramServerFinal(formatScramServerFinal({ signature }))).toEqual({ signature })
    }),
  )
})

test('an error comes out as it was', () => {
  expect(decodeText(formatScramServerFinal({ error: 'invalid-proof' }))).toBe('e=invalid-proof')
  expect(parseScramServerFinal(encodeText('e=invalid-proof'))).toEqual({ error: 'invalid-proof' })
})

test('an extension that may be ignored is', () => {
  expect(parseScramServerFinal(encodeText('v=AQ==,x=y'))).toEqual({ signature: Uint8Array.of(1) })
})

test.each(['', 'v=', 'v=AQ', 'e=', 'x=y', 'v=AQ==,', 'v=AQ==,m=x', 'AQ=='])('R77: %j is refused', (message) => {
  expect(() => parseScramServerFinal(encodeText(message))).toThrow(
    expect.objectContaining({ code: 'POP3_PROTOCOL', excerpt: '***' }),
  )
})

test.each(['', 'a,b', 'a\0b'])('the error %j cannot be sent', (error) => {
  expect(() => formatScramServerFinal({ error })).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
