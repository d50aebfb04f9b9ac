import { expect, test } from 'vitest'
import { decodeText, encodeText } from '../../octets.ts'
import { fc } from '../../testing/arbitraries.ts'
import { formatScramClientFirst, parseScramClientFirst } from './client-first.ts'

test('a name with commas, equals signs and letters of any language comes out as it was', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('\0')),
    fc.string({ unit: fc.constantFrom(',', '=', '2C', '3D', 'é', 'n=', 'r='), minLength: 1 }),
  )
  const message = fc.record({
    user: name,
    authzid: fc.option(name, { nil: undefined }),
    nonce: fc.stringMatching(/^[!-+\--~]+$/),
  })
  fc.assert(
    fc.property(message, (message) => {
      expect(parseScramClientFirst(formatScramClientFirst(message))).toMatchObject(message)
    }),
  )
})

test('the header of a client that acts as somebody else is given as it stands there', () => {
  const octets = formatScramClientFirst({ authzid: 'b,b', user: 'a=a', nonce: 'fyko' })
  expect(decodeText(octets)).toBe('n,a=b=2Cb,n=a=3Da,r=fyko')
  expect(parseScramClientFirst(octets)).toMatchObject({ gs2Header: 'n,a=b=2Cb,', authzid: 'b,b', user: 'a=a' })
})

test('a client that could bind to the channel is let in, and an extension that may be ignored is', () => {
  expect(parseScramClientFirst(encodeText('y,,n=user,r=fyko,x=y,z=1'))).toEqual({
    gs2Header: 'y,,',
    authzid: undefined,
    user: 'user',
    nonce: 'fyko',
  })
})

test.each([
  ['nothing', ''],
  ['channel binding', 'p=tls-unique,,n=s3cr3t,r=fyko'],
  ['no header', 'n=s3cr3t,r=fyko'],
  ['half a header', 'n,n=s3cr3t,r=fyko'],
  ['no name', 'n,,r=fyko'],
  ['an empty name', 'n,,n=,r=fyko'],
  ['an equals sign in the name', 'n,,n=s3=cr3t,r=fyko'],
  ['a lower-case escape', 'n,,n=s3=2ccr3t,r=fyko'],
  ['no nonce', 'n,,n=s3cr3t'],
  ['an empty nonce', 'n,,n=s3cr3t,r='],
  ['a blank in the nonce', 'n,,n=s3cr3t,r=fy ko'],
  ['a nonce that is not ASCII', 'n,,n=s3cr3t,r=fykö'],
  ['a mandatory extension in front', 'n,,m=x,n=s3cr3t,r=fyko'],
  ['a mandatory extension behind', 'n,,n=s3cr3t,r=fyko,m=x'],
  ['an extension without a value', 'n,,n=s3cr3t,r=fyko,x='],
  ['a comma behind', 'n,,n=s3cr3t,r=fyko,'],
])('R78: a message with %s is refused, and not shown', (_what, message) => {
  expect(() => parseScramClientFirst(encodeText(message))).toThrow(
    expect.objectContaining({
      code: 'POP3_PROTOCOL',
      excerpt: '***',
      message: expect.not.stringMatching(/s3|cr3t|fyk/),
    }),
  )
})

test.each([
  { user: '', nonce: 'fyko' },
  { user: 'a\0b', nonce: 'fyko' },
  { user: 'user', authzid: '', nonce: 'fyko' },
  { user: 'user', nonce: '' },
  { user: 'user', nonce: 'fy,ko' },
  { user: 'user', nonce: 'fy ko' },
])('%j cannot be sent', (message) => {
  expect(() => formatScramClientFirst(message)).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
