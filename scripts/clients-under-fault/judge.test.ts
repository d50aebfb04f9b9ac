import { encodeText } from '@pop3kit/codec'
import { expect, test } from 'vitest'
import { judge, type Evidence } from './judge.ts'

const mail = ['.one\r\n\r\nfirst\r\n', 'two\r\n', 'three\r\n', 'four\r\n'].map((text, index) => ({
  file: `${index + 1}.eml`,
  content: encodeText(text),
}))
const all = ['.one\r\n\r\nfirst\r\n', 'two\r\n', 'three\r\n', 'four\r\n']
const fine: Evidence = {
  mail,
  got: all,
  outcome: { ok: true, status: 0, signal: undefined },
  said: '',
  standstill: undefined,
}
const failed = { ok: false, status: 1, signal: undefined }

test.each<[string, Partial<Evidence>]>([
  ['ok', {}],
  ['ok (grumbles)', { said: 'warning\n' }],
  ['SILENT: 1 cut short; 3-4 missing', { got: ['.one', 'two'] }],
  ['SILENT: 1, 3 altered', { got: ['.One\r\n\r\nfirst\r\n', 'two', 'Three', 'four'] }],
  ['SILENT: 2 empty; 3 too long', { got: [all[0], '', 'three and more', 'four'] }],
  ['exit 0, prints a line: 4 missing', { got: all.slice(0, 3), said: 'no such message\n' }],
  ['error', { outcome: failed, got: [] }],
  ['error, leaves 1 cut short', { outcome: failed, got: ['.one'] }],
  ['hangs, leaves 1 cut short', { outcome: failed, got: ['.one'], standstill: 'hangs' }],
  ['NEVER SETTLES', { outcome: { ...failed, status: 13 }, got: [] }],
  ['ended by SIGTERM', { outcome: { ok: false, status: undefined, signal: 'SIGTERM' } }],
  ['SEGFAULT', { outcome: { ok: false, status: undefined, signal: 'SIGSEGV' } }],
])('"%s"', (words, evidence) => {
  expect(judge({ ...fine, ...evidence })).toBe(words)
})

test('line ends do not count, how many there are at the end, and dots that were stuffed in', () => {
  expect(judge({ ...fine, got: ['..one\n\nfirst', 'two\r\n\r\n\r\n', 'three', 'four\n'] })).toBe('ok')
})
