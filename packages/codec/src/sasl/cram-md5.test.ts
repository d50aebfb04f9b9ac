import { expect, test } from 'vitest'
import { decodeText, encodeText } from '../octets.ts'
import { fc } from '../testing/arbitraries.ts'
import { testMessages } from '../testing/messages.ts'
import { readVectors } from '../testing/vectors.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { cramMd5Digest, cramMd5Response, parseCramMd5 } from './cram-md5.ts'

const secret = 'tanstaaftanstaaf'

testMessages('CRAM-MD5', parseCramMd5, readVectors('sasl').cramMd5)

test('RFC 2195: the challenge and the response of its example', () => {
  const challenge = decodeBase64('PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+')
  expect(decodeText(challenge)).toBe('<1896.697170952@postoffice.reston.mci.net>')
  const response = cramMd5Response({ user: 'tim', secret, challenge })
  expect(encodeBase64(response)).toBe('dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw')
})

test('text is UTF-8, or octets as they are', () => {
  expect(cramMd5Digest('<1@é>', 'sécret')).toBe(cramMd5Digest(encodeText('<1@é>'), encodeText('sécret')))
})

test('the answer to any challenge is read as it was', () => {
  const user = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('\0')),
    fc.constantFrom('a b', ' ', 'tim b913a602c7eda7a495b4e6e7334d3890'),
  )
  fc.assert(
    fc.property(user, fc.string(), fc.uint8Array(), (user, secret, challenge) => {
      const response = cramMd5Response({ user, secret, challenge })
      expect(parseCramMd5(response)).toEqual({ user, digest: cramMd5Digest(challenge, secret) })
    }),
  )
})

test.each(['', 'a\0b'])('the user name %j cannot be sent', (user) => {
  expect(() => cramMd5Response({ user, secret, challenge: '<1@host>' })).toThrow(
    expect.objectContaining({ code: 'POP3_ARGUMENT' }),
  )
})
