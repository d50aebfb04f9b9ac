import { encodeText } from '@pop3kit/codec'
import { expect, test } from 'vitest'
import { compare } from './comparison.ts'
import { clientNamed } from './clients.ts'

const messages = [
  { file: '1.eml', content: encodeText('one\n') },
  { file: 'nul.eml', uid: 'nul', content: encodeText('two \0 three\n') },
]
const client = clientNamed('PHP imap')

test('Messages that come out as they went in, their lines ended as on the wire, are unaltered', () => {
  expect(compare(client, messages, ['one\r\n', 'two \0 three\r\n'], 'none')).toEqual({ problems: [], unaltered: 2 })
})

test('A message that is altered as the client is known to do is no problem and not unaltered', () => {
  expect(compare(client, messages, ['one\r\n', 'two \r\n'], 'none')).toEqual({ problems: [], unaltered: 1 })
})

test('A message that is altered otherwise is a problem that says where', () => {
  expect(compare(client, messages, ['One\r\n', 'two\r\n'], 'none')).toEqual({
    problems: [
      '1.eml differs: 5 octets instead of 5, at 0 "One\\r\\n" instead of "one\\r\\n"',
      'nul differs: 5 octets instead of 13, at 3 "two\\r\\n" instead of "two \\u0000 three\\r\\n"',
    ],
    unaltered: 0,
  })
})

test('A message too few or too many is a problem', () => {
  expect(compare(client, messages, ['one\r\n'], 'none').problems[0]).toBe('It delivered 1 of 2')
  expect(compare(client, messages, ['one\r\n', 'two \r\n', ''], 'none').problems).toEqual(['It delivered 3 of 2'])
})

test('What a client adds does not count', () => {
  const added =
    'Received: from localhost (localhost [127.0.0.1])\n\tby here (mpop-1.4.18) with POP3\n\tfor <me>; today\n'
  const delivered = [`${added}one\n`, `${added}two \0 three\n`]
  expect(compare(clientNamed('mpop'), messages, delivered, 'none').unaltered).toBe(2)
})
