import { expect, test } from 'vitest'
import { encodeText } from '../../octets.ts'
import { fc } from '../../testing/arbitraries.ts'
import { formatScramServerFirst, parseScramServerFirst } from './server-first.ts'

const parse = (message: string): unknown => parseScramServerFirst(encodeText(message), 'fyko')

test('a message comes out as it was', () => {
  const nonce = fc.stringMatching(/^[!-+\--~]+$/)
  const salt = fc.uint8Array({ minLength: 1 })
  fc.assert(
    fc.property(nonce, nonce, salt, fc.integer({ min: 1, max: 1_000_000 }), (ours, theirs, salt, iterations) => {
      const message = { nonce: ours + theirs, salt, iterations }
      expect(parseScramServerFirst(formatScramServerFirst(message), ours)).toEqual(message)
    }),
  )
})

test('an extension that may be ignored is', () => {
  expect(parse('r=fyko3rfc,s=c2FsdA==,i=4096,x=y')).toMatchObject({ iterations: 4096 })
})

test('a million iterations are enough', () => {
  expect(parse('r=fyko3rfc,s=c2FsdA==,i=1000000')).toMatchObject({ iterations: 1_000_000 })
  expect(() => parse('r=fyko3rfc,s=c2FsdA==,i=1000001')).toThrow('"i=" and 1 to 1000000 iterations')
})

test.each([
  ['nothing', ''],
  ['the nonce of another client', 'r=other3rfc,s=c2FsdA==,i=4096'],
  ['nothing added to the nonce', 'r=fyko,s=c2FsdA==,i=4096'],
  ['no salt', 'r=fyko3rfc,s=,i=4096'],
  ['a salt that is not base64', 'r=fyko3rfc,s=c2FsdA,i=4096'],
  ['no iterations', 'r=fyko3rfc,s=c2FsdA=='],
  ['0 iterations', 'r=fyko3rfc,s=c2FsdA==,i=0'],
  ['-1 iterations', 'r=fyko3rfc,s=c2FsdA==,i=-1'],
  ['hexadecimal iterations', 'r=fyko3rfc,s=c2FsdA==,i=0x10'],
  ['more iterations than a number can hold', `r=fyko3rfc,s=c2FsdA==,i=${'9'.repeat(400)}`],
  ['a mandatory extension in front', 'm=x,r=fyko3rfc,s=c2FsdA==,i=4096'],
  ['a mandatory extension behind', 'r=fyko3rfc,s=c2FsdA==,i=4096,m=x'],
  ['another order', 's=c2FsdA==,r=fyko3rfc,i=4096'],
  ['an error', 'e=unknown-user'],
])('R77: a message with %s is refused', (_what, message) => {
  expect(() => parse(message)).toThrow(expect.objectContaining({ code: 'POP3_PROTOCOL', excerpt: '***' }))
})

test.each([
  { nonce: '', salt: encodeText('salt'), iterations: 4096 },
  { nonce: 'a,b', salt: encodeText('salt'), iterations: 4096 },
  { nonce: 'ab', salt: new Uint8Array(), iterations: 4096 },
  { nonce: 'ab', salt: encodeText('salt'), iterations: 0 },
  { nonce: 'ab', salt: encodeText('salt'), iterations: 1.5 },
  { nonce: 'ab', salt: encodeText('salt'), iterations: 1_000_001 },
])('%j cannot be sent', (message) => {
  expect(() => formatScramServerFirst(message)).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
