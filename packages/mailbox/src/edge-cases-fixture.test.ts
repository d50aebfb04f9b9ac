/** That every edge case holds what its name says. Read from the fixtures themselves, not from the copy in the package. */
import { readFile, readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { loadMailbox } from './load-mailbox.ts'
import type { MailboxMessage } from './mailbox.ts'

const folder = new URL('../../../fixtures/mailboxes/edge-cases/', import.meta.url)
const { messages, maildrops } = await loadMailbox(folder)

/** One character an octet. */
const octetsOf = ({ content }: MailboxMessage): string => Buffer.from(content).toString('latin1')
const plainHeader = String.raw`(?:[A-Z][A-Za-z-]+: [\x20-\x7e]+\r\n){7}`
const message = (body: string): RegExp => new RegExp(`^${plainHeader}\r\n${body}$`, 's')
const ended = String.raw`(?:[^\r\n]*\r\n)`

/** What the octets of each case must match as a whole. */
const cases: Readonly<Record<string, RegExp>> = {
  'lone-dots': message(String.raw`${ended}\.\r\n${ended}\.\r\n\.\r\n${ended}`),
  'dot-lines': message(String.raw`\.\r\n\.\.\r\n\.\.\.\r\n\.x\r\n\.\.x\r\n\. \r\n\.\t\r\n \.\r\nx\.\r\n${ended}`),
  'lone-dot-first': message(String.raw`\.\r\n${ended}`),
  'lone-dot-last': message(String.raw`${ended}\.\r\n`),
  'lone-dot-unended': message(String.raw`${ended}\.`),
  'dot-first-octet': new RegExp(String.raw`^\.X-Hidden: [^\r\n]+\r\n${plainHeader}\r\n${ended}$`),
  'line-998': message(String.raw`[^\r\n]{998}\r\n${ended}`),
  'line-2049': message(String.raw`[^\r\n]{2049}\r\n${ended}`),
  'eight-bit-latin-1': message(String.raw`[^\r\n]*[\x80-\xff]+[^\r\n]*\r\n`),
  'eight-bit-utf-8': message(String.raw`[^\r\n]*[\x80-\xff]+[^\r\n]*\r\n`),
  'eight-bit-all': message(String.raw`[\x01-\x09\x0b\x0c\x0e-\xff]{253}\r\n`),
  nul: message(String.raw`[^\0\r\n]+\0[^\r\n]+\r\n\0[^\r\n]+\r\n[^\0\r\n]+\0\r\n\0\r\n[^\0\r\n]+\r\n`),
  'no-final-newline': message(String.raw`${ended}[^\r\n]+`),
  'final-empty-lines': message(String.raw`[^\r\n]+\r\n\r\n\r\n\r\n`),
  'empty-body': message(''),
  'header-only': new RegExp(`^${plainHeader}$`),
  'no-header': /^\r\n[^\r\n]+\r\n$/,
  'one-crlf': /^\r\n$/,
  empty: /^$/,
  'bare-lf': /^(?:[A-Z][^\r\n]+\n){7}\n[^\r\n]+\n\.\n[^\r\n]+\n$/,
  'bare-lf-mixed': message(String.raw`[^\r\n]+\n[^\r\n]+\r\n[^\r\n]+\n[^\r\n]+\r\n[^\r\n]+\r\n`),
  'bare-lf-lone-dot': message(String.raw`[^\r\n]+\n\.\n[^\r\n]+\r\n`),
  'bare-cr': message(String.raw`[^\r\n]+\r[^\r\n]+\r\n\r[^\r\n]+\r\n[^\r\n]+\r\.\r\n[^\r\n]+\r\n`),
  'cr-before-crlf': message(String.raw`[^\r\n]+\r\r\n[^\r\n]+\r\r\r\n[^\r\n]+\r\n\.\r\r\n[^\r\n]+\r\n`),
  'mbox-from-line': new RegExp(String.raw`^From \S+@\S+ [^\r\n]+\r\n${plainHeader}\r\n${ended}$`),
  'from-in-body': message(String.raw`\r\nFrom [^\r\n]+\r\n>From [^\r\n]+\r\n\r\nFrom \S+@\S+ [^\r\n]+\r\n${ended}`),
  'status-look-alikes': message(String.raw`(?:(?:\+OK|-ERR)(?: [^\r\n]+)?\r\n|\+ \r\n)+`),
  'line-less-10-mb': message('x+'),
}

test('edge has the password cases and every case once', async () => {
  expect(maildrops).toEqual({ edge: { password: 'cases', messages } })
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'))
  expect(messages.map(({ file }) => file).toSorted()).toEqual(names.toSorted())
  expect(Object.keys(cases).toSorted()).toEqual(messages.map(({ uid }) => String(uid)).toSorted())
})

test.each(messages)('R36: the unique-id of $file is the name of the case', ({ file, uid }) => {
  expect(`${uid}.eml`).toBe(file)
})

test.each(messages)('$uid holds what its name says', (message) => {
  // Not toMatch: a failure would print ten megabytes.
  expect(cases[message.uid ?? '']?.test(octetsOf(message))).toBe(true)
})

test('the 10 MB are 10485760 octets, and the file is small', async () => {
  const padded = messages.find(({ uid }) => uid === 'line-less-10-mb')
  expect(padded?.content.length).toBe(10 * 1024 * 1024)
  expect((await readFile(new URL('line-less-10-mb.eml', folder))).length).toBeLessThan(300)
})

const isUtf8 = (name: string): boolean => {
  const { content } = messages.find(({ uid }) => uid === name) ?? {}
  return content !== undefined && Buffer.from(Buffer.from(content).toString('utf8')).equals(content)
}

test('of the two 8-bit cases one is UTF-8', () => {
  expect(isUtf8('eight-bit-utf-8')).toBe(true)
  expect(isUtf8('eight-bit-latin-1')).toBe(false)
})

test('R29: the README has number, name, octets as stored and octets as listed of every case', async () => {
  const rows = (await readFile(new URL('README.md', folder), 'utf8')).matchAll(
    /^\| (\d+) \| `([^`]+)` \| (\d+) \| (\d+) \|/gm,
  )
  expect([...rows].map(([, ...cells]) => cells.join(' '))).toEqual(
    messages.map((message, index) => {
      const stored = octetsOf(message)
      const crlf = stored.replace(/(?<!\r)\n/g, '\r\n')
      const listed = crlf.length + (crlf === '' || crlf.endsWith('\r\n') ? 0 : 2)
      return `${index + 1} ${message.uid} ${stored.length} ${listed}`
    }),
  )
})
