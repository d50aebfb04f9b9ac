import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MboxDialect, hasLengths, quoted, unquoted } from './dialect.ts'
import { readMbox } from './read-mbox.ts'
import { mboxEntry } from './write-mbox.ts'

const octets = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))
const text = (octets: Uint8Array): string => Buffer.from(octets).toString('latin1')

test.each([
  [
    'mboxo',
    'From a\n>From b\n>>From c\nfrom d\n From e\rFrom f\n',
    '>From a\n>From b\n>>From c\nfrom d\n From e\rFrom f\n',
  ],
  ['mboxcl', 'From a\n>From b\n', '>From a\n>From b\n'],
  ['mboxrd', 'From a\r\n>From b\n>>From c\nFromd\n>>>', '>From a\r\n>>From b\n>>>From c\nFromd\n>>>'],
  ['mboxcl2', 'From a\n>From b\n', 'From a\n>From b\n'],
] as const)('%s quotes what it quotes', (dialect, message, stored) => {
  expect(text(quoted(octets(message), dialect))).toBe(stored)
})

/** Messages made of what is hard, in whole lines, and of any octets. */
const lineText = fc.oneof(
  fc.constantFrom(
    'From ',
    '>From ',
    '>>From ',
    'From x Mon Jan  5 08:00:00 2026',
    '>',
    '',
    'Content-Length: 3',
    '\r',
    '\0',
  ),
  fc.string({ unit: 'binary-ascii' }).map((line) => line.replaceAll('\n', '')),
  fc.uint8Array().map((line) => text(line).replaceAll('\n', '')),
)
const message = fc
  .array(fc.tuple(lineText, fc.constantFrom('\n', '\r\n')))
  .map((lines) => octets(lines.flat().join('')))

test('what mboxrd quotes it unquotes', () => {
  fc.assert(
    fc.property(message, (message) => {
      expect(text(unquoted(quoted(message, 'mboxrd'), 'mboxrd'))).toBe(text(message))
    }),
  )
})

test('what mboxo and mboxcl quote they unquote, but for what was quoted before', () => {
  fc.assert(
    fc.property(message, fc.constantFrom('mboxo' as const, 'mboxcl' as const), (message, dialect) => {
      fc.pre(!/(?<![^\n])>From /.test(text(message)))
      expect(text(unquoted(quoted(message, dialect), dialect))).toBe(text(message))
    }),
  )
})

test('whole messages come out of an mboxrd as they went in, and so does the time', () => {
  const seconds = fc.integer({ min: 0, max: 4_000_000_000 })
  fc.assert(
    fc.property(fc.array(fc.tuple(message, seconds)), fc.constantFrom('mboxrd', undefined), (messages, dialect) => {
      const mbox = Buffer.concat(messages.map(([message, second]) => mboxEntry(message, second * 1000)))
      // A message whose Content-Length happens to lead on makes it another dialect: say which it is.
      fc.pre(dialect !== undefined || !/Content-Length/.test(mbox.toString('latin1')))
      const entries = readMbox(mbox, dialect, refused)
      expect(entries.map(({ content, arrivedAt }) => [text(content), arrivedAt])).toEqual(
        messages.map(([message, second]) => [text(message), second * 1000]),
      )
    }),
  )
})

/** An mbox with lengths, as programs write it that count: header, body, empty line. */
function withLengths(bodies: readonly Uint8Array[], dialect: MboxDialect): { mbox: Buffer; messages: string[] } {
  const header = (body: Uint8Array): string => `Subject: x\nContent-Length: ${body.length}\n\n`
  const stored = bodies.map((body) => quoted(body, dialect))
  const entries = stored.map((body) => `From x@example.com Mon Jan  5 08:00:00 2026\n${header(body)}${text(body)}\n`)
  return {
    mbox: Buffer.from(entries.join(''), 'latin1'),
    messages: bodies.map((body, index) => header(stored[index] ?? body) + text(body)),
  }
}

test.each(['mboxcl', 'mboxcl2'] as const)('the lengths of %s keep any bodies apart', (dialect) => {
  expect(hasLengths(dialect)).toBe(true)
  fc.assert(
    fc.property(fc.array(fc.uint8Array().map((octets) => octets)), fc.array(message), (wild, hard) => {
      fc.pre(dialect === 'mboxcl2' || !hard.some((body) => /(?<![^\n])>From /.test(text(body))))
      const { mbox, messages } = withLengths([...wild, ...hard], dialect)
      expect(readMbox(mbox, dialect, refused).map(({ content }) => text(content))).toEqual(messages)
    }),
  )
})

test('without a word of it, lengths that lead on are mboxcl2', () => {
  fc.assert(
    fc.property(fc.array(message), (bodies) => {
      const { mbox, messages } = withLengths(bodies, 'mboxcl2')
      expect(readMbox(mbox, undefined, refused).map(({ content }) => text(content))).toEqual(messages)
    }),
  )
})

const refused = (offset: number, problem: string): never => {
  throw new Error(`octet ${offset}: ${problem}`)
}
