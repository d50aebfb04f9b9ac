import { readFileSync } from 'node:fs'
import { concatOctets, encodeLatin1, encodeText } from '@pop3kit/codec'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatTranscript, parseTranscript, type Transcript, type TranscriptEvent } from './index.ts'

const reply = (text: string): TranscriptEvent => ({ type: 'reply', octets: encodeLatin1(text) })
const command = (text: string): TranscriptEvent => ({ type: 'command', octets: encodeLatin1(text) })

const session = (...events: TranscriptEvent[]): Transcript => ({ sessions: [{ events }] })

const textOf = (...events: TranscriptEvent[]): string => formatTranscript(session(...events)).replace(/^== .*\n/, '')

test.each([
  ['a reply in one piece', [reply('+OK\r\n1 120\r\n.\r\n')], 'S: +OK\nS: 1 120\nS: .\n'],
  ['two pieces', [reply('+OK\r\n'), reply('.\r\n')], 'S: +OK\n--\nS: .\n'],
  ['M1: a border within the terminator', [reply('x\r\n.'), reply('\r\n')], 'S: x\nS: .\\\n--\nS:\n'],
  ['a border within CRLF', [reply('+OK\r'), reply('\n')], 'S: +OK\\r\\\n--\nS: \\n\\\n'],
  ['an empty line', [reply('\r\n')], 'S:\n'],
  ['M5: a bare LF', [reply('+OK\n')], 'S: +OK\\n\\\n'],
  ['blanks at the end', [reply('+OK \r\n\t\r\n')], 'S: +OK\\x20\nS: \\x09\n'],
  ['a backslash', [reply('a\\b\r\n')], 'S: a\\\\b\n'],
  ['UTF-8 that can be seen', [{ type: 'reply', octets: encodeText('Grüße, 山\r\n') }], 'S: Grüße, 山\n'],
  ['octets that are not UTF-8', [reply('Gr\xfc\xdfe\r\n')], 'S: Gr\\xfc\\xdfe\n'],
  [
    'UTF-8 that cannot be seen',
    [{ type: 'reply', octets: encodeText('a\u200bb\u00a0c\r\n') }],
    'S: a\\xe2\\x80\\x8bb\\xc2\\xa0c\n',
  ],
  ['M14: NULs', [reply('+OK \0\r\n')], 'S: +OK \\x00\n'],
  ['a command', [command('USER alice\r\n')], 'C: USER alice\n'],
  ['a command that was not ended', [command('QUI')], 'C: QUI\\\n'],
  ['a pause', [reply('+OK\r\n'), { type: 'pause', ms: 250 }, reply('.\r\n')], 'S: +OK\n-- 250 ms\nS: .\n'],
  ['a close', [{ type: 'end', by: 'server', how: 'close' }], '-- S closes\n'],
  ['a reset', [{ type: 'end', by: 'client', how: 'reset' }], '-- C resets\n'],
  ['TLS', [{ type: 'tls' }], '-- TLS\n'],
  ['octets that were not kept', [{ type: 'omitted', octets: 6299 }], '-- 6299 octets omitted\n'],
] satisfies [string, TranscriptEvent[], string][])('%s is written down and read again', (_what, events, text) => {
  expect(textOf(...events)).toBe(text)
  expect(parseTranscript(text)).toEqual(session(...events))
})

const octets = fc
  .array(
    fc.oneof(
      fc.constantFrom('\r\n', '.', '\\', ' ', '\t', '\r', '\n', '#', '==', '--', '\u200b', 'é').map(encodeText),
      fc.uint8Array({ minLength: 1, maxLength: 5 }),
    ),
    { minLength: 1 },
  )
  .map(concatOctets)

const event: fc.Arbitrary<TranscriptEvent> = fc.oneof(
  fc.record({ type: fc.constant('reply' as const), octets }),
  fc.record({ type: fc.constant('command' as const), octets }),
  fc.record({ type: fc.constant('pause' as const), ms: fc.nat() }),
  fc.record({ type: fc.constant('tls' as const) }),
  fc.record({ type: fc.constant('omitted' as const), octets: fc.nat() }),
  fc.record({
    type: fc.constant('end' as const),
    by: fc.constantFrom('client' as const, 'server' as const),
    how: fc.constantFrom('close' as const, 'reset' as const),
  }),
)

test('whatever a transcript holds, its text reads as the same again', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ events: fc.array(event) })), (sessions) => {
      const text = formatTranscript({ sessions })
      expect(text).not.toMatch(/[ \t]$/m)
      expect(parseTranscript(text)).toEqual({ sessions })
      expect(parseTranscript(text.replaceAll('\n', '\r\n'))).toEqual({ sessions })
    }),
    { numRuns: 500 },
  )
})

test('the published walk-through is a transcript', () => {
  const text = readFileSync(new URL('../../../fixtures/transcripts/walkthrough.txt', import.meta.url), 'utf8')
  const { sessions } = parseTranscript(text)
  expect(sessions).toHaveLength(1)
  expect(sessions[0]?.events.filter(({ type }) => type === 'command')).toHaveLength(12)
})
