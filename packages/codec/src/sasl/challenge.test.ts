import { expect, test } from 'vitest'
import { encodeLatin1, encodeText } from '../octets.ts'
import { encodeReplyStatus, parseReplyStatus } from '../reply.ts'
import { fc } from '../testing/arbitraries.ts'
import { encodeBase64 } from './base64.ts'
import { decodeChallenge } from './challenge.ts'

test.each([
  ['+ PDE4OTZAaG9zdD4=', '<1896@host>'],
  ['+ ', ''],
  ['+', ''],
])('R75: the challenge %j is %j', (line, challenge) => {
  expect(decodeChallenge(parseReplyStatus(encodeText(line)))).toEqual(encodeText(challenge))
})

test('any challenge that is sent comes out as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (octets) => {
      const line = encodeReplyStatus({ status: '+', text: encodeBase64(octets) })
      expect(decodeChallenge(parseReplyStatus(line.subarray(0, -2)))).toEqual(octets)
    }),
  )
})

test.each([
  ['+OK', '"+" and base64'],
  ['+OK PDE4OTZAaG9zdD4=', '"+" and base64'],
  ['-ERR [AUTH] no', '"+" and base64'],
  ['+ go ahead', 'base64 behind "+"'],
  ['+ PDE4OTZAaG9zdD4', 'base64 behind "+"'],
  ['+ PDE4OTZAaG9zdD4= ', 'base64 behind "+"'],
  ['+  PDE4OTZAaG9zdD4=', 'base64 behind "+"'],
  ['+ =', 'base64 behind "+"'],
])('R75, R77: %j is no challenge, and the error says what came', (line, expected) => {
  expect(() => decodeChallenge(parseReplyStatus(encodeText(line), 40))).toThrow(
    expect.objectContaining({
      code: 'POP3_PROTOCOL',
      offset: 40,
      excerpt: line,
      message: `Cannot read the challenge "${line}" at offset 40: expected ${expected}`,
    }),
  )
})

test('what a terminal would obey is shown escaped', () => {
  expect(() => decodeChallenge(parseReplyStatus(encodeLatin1('+ \x1b[31m')))).toThrow('"+ \\x1b[31m"')
})
