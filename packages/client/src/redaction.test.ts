import { parseReplyStatus, Pop3ProtocolError } from '@pop3kit/codec'
import { expect, test } from 'vitest'
import { redact, redactReply, withoutExcerpt } from './redaction.ts'
import { octets } from './testing/scripted-server.ts'

test('every secret is hidden wherever it stands, the whole of it when one is a part of another', () => {
  expect(redact('pass and passport, pass', ['pass', 'passport'])).toBe('*** and ***, ***')
  expect(redact('nothing', ['', 'x'])).toBe('nothing')
})

test('a reply hides them in its code, its text and its line', () => {
  const reply = parseReplyStatus(octets('-ERR [AUTH/sesame] not sesame'))
  expect(redactReply(reply, ['sesame'])).toMatchObject({
    code: 'AUTH/***',
    text: 'not ***',
    line: '-ERR [AUTH/***] not ***',
  })
})

test('an error about a reply keeps its offset and nothing of the reply', () => {
  const error = new Pop3ProtocolError('Cannot read "sesame"', { offset: 7, excerpt: 'sesame' })
  expect(withoutExcerpt(error)).toMatchObject({
    message: expect.not.stringContaining('sesame'),
    offset: 7,
    excerpt: '***',
  })
  const other = new Error('not of the protocol')
  expect(withoutExcerpt(other)).toBe(other)
})
