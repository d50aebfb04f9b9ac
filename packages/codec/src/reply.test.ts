import { expect, test } from 'vitest'
import { encodeLatin1, encodeText } from './octets.ts'
import { encodeReplyStatus, formatReplyStatus, parseReplyStatus } from './reply.ts'
import { fc, lineText } from './testing/arbitraries.ts'

test.each([
  ['+OK', { status: '+OK', ok: true, code: undefined, text: '' }],
  ['+OK ', { status: '+OK', ok: true, code: undefined, text: '' }],
  ['+OK 2 320', { status: '+OK', ok: true, text: '2 320' }],
  ['+OK  two spaces', { text: ' two spaces' }],
  ['-ERR', { status: '-ERR', ok: false, text: '' }],
  ['-ERR [IN-USE] Locked', { status: '-ERR', code: 'IN-USE', text: 'Locked' }],
  ['+OK Microsoft Exchange [TUFJTA==]', { code: undefined, text: 'Microsoft Exchange [TUFJTA==]' }],
  ['+ PDE4OTY=', { status: '+', ok: false, text: 'PDE4OTY=' }],
  ['+ ', { status: '+', text: '' }],
  ['+', { status: '+', text: '' }],
  ['+ [a] b', { status: '+', code: undefined, text: '[a] b' }],
])('%j is parsed', (line, parsed) => {
  expect(parseReplyStatus(encodeText(line), 7)).toMatchObject({ ...parsed, line, offset: 7 })
})

test('M14: NULs and 8-bit octets in the text are kept', () => {
  expect(parseReplyStatus(encodeLatin1('+OK a\0b\xe9')).text).toBe('a\0bé')
})

test.each([
  ['M17', '+ERR no such message'],
  ['M11', ''],
  ['R5', '+ok'],
  ['R5', '-err'],
  ['R42', '+OKAY'],
  ['R42', '+OK\tready'],
  ['M73', '220 mail.example.com ESMTP'],
  ['M18', '1 +OK'],
])('%s: %j is no status line', (_source, line) => {
  expect(() => parseReplyStatus(encodeText(line), 12)).toThrow(
    expect.objectContaining({ code: 'POP3_PROTOCOL', offset: 12, excerpt: line.replace('\t', '\\t') }),
  )
})

test('the lenient take a status in any case, and nothing else', () => {
  expect(parseReplyStatus(encodeText('+ok hi'), 0, { lenient: true })).toMatchObject({
    status: '+OK',
    ok: true,
    text: 'hi',
  })
  expect(parseReplyStatus(encodeText('-Err no'), 0, { lenient: true })).toMatchObject({ status: '-ERR', text: 'no' })
  expect(() => parseReplyStatus(encodeText('+ERR no'), 0, { lenient: true })).toThrow('expected "+OK" or "-ERR"')
})

test('a line that is no status is shown in part, in printable form', () => {
  expect(() => parseReplyStatus(encodeLatin1(`\x1b[31m${'x'.repeat(600)}`))).toThrow(
    /^Cannot read the reply "\\x1b\[31mx{52}\.\.\." at offset 0: expected "\+OK" or "-ERR"$/,
  )
})

test.each([
  [{ status: '+OK' }, '+OK'],
  [{ status: '+OK', text: 'ready' }, '+OK ready'],
  [{ status: '-ERR', code: 'SYS/TEMP' }, '-ERR [SYS/TEMP]'],
  [{ status: '-ERR', code: 'SYS/TEMP', text: 'Try later' }, '-ERR [SYS/TEMP] Try later'],
  [{ status: '+', text: 'PDE4OTY=' }, '+ PDE4OTY='],
  [{ status: '+' }, '+ '],
] as const)('%j is formatted as %j', (parts, line) => {
  expect(formatReplyStatus(parts)).toBe(line)
})

test.each(['a\r\n+OK', 'a\n', 'a\r', 'a\0'])('a text of %j is refused', (text) => {
  expect(() => encodeReplyStatus({ status: '+OK', text })).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})

test('a status line that is encoded and parsed is what it was', () => {
  const plain = lineText.filter((text) => !text.startsWith('['))
  const level = fc.stringMatching(/^[A-Z-]{1,8}$/)
  const code = fc.array(level, { minLength: 1, maxLength: 3 }).map((levels) => levels.join('/'))
  const parts = fc.oneof(
    fc.record({ status: fc.constantFrom('+OK', '-ERR'), code, text: lineText }),
    fc.record({ status: fc.constantFrom('+OK', '-ERR'), text: plain }),
    fc.record({ status: fc.constant('+' as const), text: lineText }),
  )
  fc.assert(
    fc.property(parts, (parts) => {
      expect(parseReplyStatus(encodeReplyStatus(parts).subarray(0, -2))).toMatchObject(parts)
    }),
  )
})
