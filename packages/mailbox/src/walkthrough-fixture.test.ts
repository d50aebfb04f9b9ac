/** What the mailbox of the walk-through promises. Read from the fixtures themselves, not from the copy in the package. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { loadMailbox } from './load-mailbox.ts'

const folder = new URL('../../../fixtures/mailboxes/walkthrough/', import.meta.url)
const { maildrops } = await loadMailbox(folder)
const messages = maildrops['myusername']?.messages ?? []
const sizes = [22683, 19870, 785, 4475, 3221, 2972, 2412]

/** Message 1 to 7, one character an octet. */
const octetsOf = (number: number): string => Buffer.from(messages[number - 1]?.content ?? []).toString('latin1')
const headerOf = (number: number): string => octetsOf(number).split('\r\n\r\n', 1)[0] ?? ''
const bodyOf = (number: number): string => octetsOf(number).slice(headerOf(number).length + 4)

test('myusername has the password mypassword and seven messages in order', () => {
  expect(maildrops).toMatchObject({ myusername: { password: 'mypassword' } })
  expect(messages.map(({ file }) => file)).toEqual(['1.eml', '2.eml', '3.eml', '4.eml', '5.eml', '6.eml', '7.eml'])
})

test('the sizes are those of the walk-through', () => {
  expect(messages.map(({ content }) => content.length)).toEqual(sizes)
  expect(sizes.reduce((sum, size) => sum + size)).toBe(56418)
  expect(sizes.slice(0, 6).reduce((sum, size) => sum + size)).toBe(54006)
})

test('the README has the sizes too', async () => {
  const rows = (await readFile(new URL('README.md', folder), 'utf8')).matchAll(/^\| (\d) \| (\d+) \|/gm)
  expect([...rows].map(([, number, size]) => [Number(number), Number(size)])).toEqual(
    sizes.map((size, index) => [index + 1, size]),
  )
})

test.each([1, 2, 3, 4, 5, 6, 7])(
  'R29: every line of message %i ends with CRLF, so its size is that of the file',
  (number) => {
    expect(octetsOf(number)).toMatch(/^(?:[^\r\n]*\r\n)+$/)
  },
)

test('message 2 has a table as a base64 attachment', () => {
  const [, boundary = ''] = /boundary="([^"]+)"/.exec(headerOf(2)) ?? []
  const parts = bodyOf(2).split(`--${boundary}`)
  expect(parts).toHaveLength(4)
  expect(parts.at(-1)).toBe('--\r\n')
  const [partHeader, base64 = ''] = parts[2]?.split('\r\n\r\n') ?? []
  expect(partHeader).toContain('filename="water.csv"')
  const rows = Buffer.from(base64, 'base64').toString('ascii').trimEnd().split('\r\n')
  expect(rows[0]).toBe('station;time (UTC);water, cm;air, C;wind, m/s')
  expect(rows.slice(1).every((row) => /^mole;2005-07-\d\d \d\d:00;-?\d+;\d+\.\d;\d+\.\d$/.test(row))).toBe(true)
})

test('TOP 3 5 shows the five lines of the walk-through', () => {
  expect(bodyOf(3).split('\r\n').slice(0, 5)).toEqual([
    'This is a multi-part message in MIME format.',
    '',
    '------=_NextPart_000_0295_01C5A03F.3E4B4030',
    'Content-Type: text/plain;',
    '\tcharset="iso-8859-1"',
  ])
})

test('message 3 is a whole multipart message', () => {
  const boundary = '----=_NextPart_000_0295_01C5A03F.3E4B4030'
  expect(headerOf(3)).toContain(`Content-Type: multipart/alternative;\r\n\tboundary="${boundary}"`)
  const parts = bodyOf(3).split(`--${boundary}`)
  expect(parts.map((part) => /^\r\nContent-Type: (.+);/.exec(part)?.[1])).toEqual([
    undefined,
    'text/plain',
    'text/html',
    undefined,
  ])
  expect(parts.at(-1)).toBe('--\r\n')
})

test('message 4 is UTF-8 in 8-bit, with characters of two, three and four octets', () => {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(messages[3]?.content)
  expect(headerOf(4)).toMatch(/charset=utf-8\r\nContent-Transfer-Encoding: 8bit$/)
  expect(text).toMatch(/æ.*\p{Script=Greek}.*\p{Script=Cyrillic}.*\p{Script=Hiragana}.*\p{Emoji_Presentation}/su)
})

test('message 5 has 70 lines that begin with a dot, 12 of them only dots and blanks', () => {
  const dotLines = bodyOf(5)
    .split('\r\n')
    .filter((line) => line.startsWith('.'))
  expect(dotLines).toHaveLength(70)
  expect(dotLines.filter((line) => /^[. ]+$/.test(line))).toHaveLength(12)
  expect(dotLines).toContain('.')
})

test('message 6 has headers folded in every way, and a line of 173 octets', () => {
  const lines = headerOf(6).split('\r\n')
  expect(lines.filter((line) => /^[ \t]/.test(line)).length).toBeGreaterThan(20)
  expect(lines).toContain('Message-ID:')
  expect(lines.some((line) => line.startsWith(' \t'))).toBe(true)
  expect(Math.max(...lines.map((line) => line.length))).toBe(173)
})

test('message 7 has the header of the walk-through to the octet', () => {
  expect(headerOf(7).split('\r\n')).toEqual([
    'Return-Path: <bounce@domain.com>',
    'X-Original-To: me@domain.dk',
    'Delivered-To: me@domain.dk',
    'Received: from mail-in1.inet.tele.dk (mail-in1.inet.tele.dk [194.182.148.158])',
    '\tby cirkeline.ingolf.dk (Postfix) with ESMTP id 554DA180D71',
    '\tfor <me@domain.dk>; Wed, 1 Feb 2006 10:09:54 +0100 (CET)',
    'Received: from out4.smtp.messagingengine.com (out4.smtp.messagingengine.com [66.111.4.28])',
    '\tby mail-in1.inet.tele.dk (Postfix) with ESMTP id 2984C7049',
    '\tfor <me@domain.dk>; Tue, 31 Jan 2006 18:37:01 +0100 (CET)',
    'Received: from frontend1.internal (mysql-sessions.internal [10.202.2.149])',
    '\tby frontend1.messagingengine.com (Postfix) with ESMTP id 2069DD335A7',
    '\tfor <me@domain.dk>; Tue, 31 Jan 2006 12:36:18 -0500 (EST)',
    'Received: from web2.messagingengine.com ([10.202.2.211])',
    '\tby frontend1.internal (MEProxy); Tue, 31 Jan 2006 12:36:18 -0500',
    'Received: by web2.messagingengine.com (Postfix, from userid 99)',
    '\tid 1148513964; Tue, 31 Jan 2006 12:36:12 -0500 (EST)',
    'Content-Disposition: inline',
    'Content-Transfer-Encoding: 7bit',
    'Content-Type: text/plain',
    'MIME-Version: 1.0',
    'X-Mailer: MIME::Lite 5022 (F2.73; T1.15; A1.64; B3.05; Q3.03)',
    'Date: Tue, 31 Jan 2006 17:36:12 UT',
    'From: "Email Administrator" <bounce@domain.com>',
    'Reply-To: "Email Administrator" <webmaster@domain.com>',
    'To: me@domain.dk',
    'Subject: Your www.domain.com account activation',
    'Message-Id: <20060131173612.1148513964@web2.messagingengine.com>',
  ])
})
