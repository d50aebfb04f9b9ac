import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { compose } from '../index.ts'

const text = (...args: Parameters<typeof compose>): string => Buffer.from(compose(...args)).toString('latin1')

const everything: Parameters<typeof compose>[0] = {
  from: 'Älice <alice@example.com>',
  to: ['bob@example.com', 'Carol <carol@exämple.com>'],
  cc: 'dave@example.com',
  replyTo: 'office@example.com',
  subject: `Grüße, ${'again '.repeat(20)}`,
  text: 'Hello\nWörld\n.\n..x\nFrom here on\n',
  html: '<p>Hello <img src="cid:logo"></p>',
  attachments: [
    { filename: 'notes.txt', content: 'a\nb\n' },
    { filename: 'logo.png', content: new Uint8Array([0x89, 0x50, 0x4e, 0x47]), cid: 'logo' },
    { filename: 'mail.eml', content: 'Subject: within\n\nHello\n', contentType: 'message/rfc822' },
  ],
  calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\nMETHOD:REQUEST\nEND:VCALENDAR\n' },
  headers: { 'X-Trace': ['one', 'two'], 'X-Mailer': 'a test' },
  inReplyTo: '<1@example.com>',
  references: ['<0@example.com>', '<1@example.com>'],
}

// First: nobody has composed anything in this process yet.
test('the library is loaded by the first message', () => {
  const loaded = (): boolean =>
    Object.keys(createRequire(import.meta.url).cache).some((file) => /nodemailer/.test(file))
  expect(loaded()).toBe(false)
  compose({ from: 'alice@example.com' })
  expect(loaded()).toBe(true)
})

test('the smallest message has sender, date, Message-ID and an empty body', () => {
  expect(text({ from: 'alice@example.com' })).toMatch(
    /^From: alice@example\.com\r\nMessage-ID: <[0-9a-f]{32}@mailbox\.invalid>\r\nDate: Thu, 01 Jan 2026 00:00:00 \+0000\r\n[^]*\r\n\r\n$/,
  )
})

test('the same input gives the same octets on any day, in any process, on any machine', () => {
  const message = compose(everything)
  expect(message.constructor).toBe(Uint8Array)
  expect(compose({ ...everything })).toEqual(message)
  expect(createHash('sha256').update(message).digest('hex')).toBe(
    '4dbef5eddfa18cc608bfbc8e235e8b6ccd5e9bc0b370d99ed81c48b703b13b11',
  )
})

test.each([
  { subject: 'other' },
  { text: 'other' },
  { attachments: [{ filename: 'notes.txt', content: 'a\nc\n' }] },
  { date: 1 },
])('%j gives another Message-ID', (change) => {
  const id = /^Message-ID: .*/m
  expect(id.exec(text({ ...everything, ...change }))?.[0]).not.toBe(id.exec(text(everything))?.[0])
})

test('what is said of the header is in it', () => {
  const message = text({
    ...everything,
    date: Date.UTC(2026, 10, 3, 10, 15),
    messageId: '<2@example.com>',
  })
  const header = message.slice(0, message.indexOf('\r\n\r\n')).replaceAll('\r\n ', ' ')
  expect(header.split('\r\n')).toEqual(
    expect.arrayContaining([
      'X-Trace: one',
      'X-Trace: two',
      'X-Mailer: a test',
      'From: =?UTF-8?Q?=C3=84lice?= <alice@example.com>',
      'To: bob@example.com, Carol <carol@xn--exmple-cua.com>',
      'Cc: dave@example.com',
      'Reply-To: office@example.com',
      'In-Reply-To: <1@example.com>',
      'References: <0@example.com> <1@example.com>',
      'Message-ID: <2@example.com>',
      'Date: Tue, 03 Nov 2026 10:15:00 +0000',
    ]),
  )
})

test('every line ends with CRLF, and none is longer than 998 octets', () => {
  const message = text({ ...everything, text: 'x'.repeat(3000) })
  expect(message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(Math.max(...message.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998)
})

test('an invitation is beside the text and a file, and in both its lines end with CRLF', () => {
  const { calendar = { method: '', content: '' } } = everything
  const message = text({ from: 'alice@example.com', text: 'Come', calendar })
  expect(message).toContain('Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n')
  expect(message).toContain('filename=invite.ics\r\n')
  expect(message).toContain(Buffer.from(calendar.content.replaceAll('\n', '\r\n')).toString('base64'))
})

test('a value cannot end its field', () => {
  const message = text({
    from: 'alice@example.com',
    subject: 'x\r\nBcc: eve@example.com',
    headers: { 'X-A': 'y\nX-B: z' },
  })
  expect(message).not.toMatch(/^(?:Bcc|X-B):/m)
})

test('a date that is none is refused', () => {
  expect(() => compose({ from: 'alice@example.com', date: new Date('soon') })).toThrow(
    expect.objectContaining({
      name: 'MailboxArgumentError',
      code: 'MAILBOX_ARGUMENT',
      message: 'Cannot compose a message of "Invalid Date": expected a date',
    }),
  )
})

test.each([
  [
    { to: 'nobody' },
    'with the address "nobody": expected one such as "alice@example.com" or "Alice <alice@example.com>"',
  ],
  [{ cc: ['bob@example.com', ''] }, 'with the address "": expected one such as'],
  [{ replyTo: 'office@' }, 'with the address "office@": expected one such as'],
  [
    { attachments: [{ filename: 'a.txt', path: 'a.txt' }] },
    'with the file "a.txt": expected its content, as octets or as text',
  ],
  [{ calendar: { method: 'REQUEST' } }, 'with the calendar: expected its content, as text'],
])('what would be left out is refused: %j', (options, message) => {
  const given: object = { from: 'alice@example.com', ...options }
  // @ts-expect-error -- as in JavaScript
  expect(() => compose(given)).toThrow(`Cannot compose a message ${message}`)
})

test('a group and a list of addresses are addresses', () => {
  expect(
    text({
      from: 'alice@example.com',
      to: 'Team: bob@example.com, Carol <carol@example.com>;',
      cc: 'a@b.example, c@d.example',
    }),
  ).toMatch(/^To: Team:bob@example\.com, Carol <carol@example\.com>;\r\nCc: a@b\.example, c@d\.example\r$/m)
})
