import { expect, test } from 'vitest'
import { excerptOf } from './excerpt.ts'
import { encodeLatin1 } from './octets.ts'

test.each([
  ['+OK ready', '+OK ready'],
  ['a\r\nb\tc\\', 'a\\r\\nb\\tc\\\\'],
  ['\0\x1b[31m\x7f\xe9', '\\x00\\x1b[31m\\x7f\\xe9'],
  ['', ''],
])('%j is shown as %j', (text, shown) => {
  expect(excerptOf(encodeLatin1(text))).toBe(shown)
})

test('a long line is cut behind 60 characters, never inside an escape', () => {
  expect(excerptOf(encodeLatin1('x'.repeat(60)))).toBe('x'.repeat(60))
  expect(excerptOf(encodeLatin1('x'.repeat(61)))).toBe(`${'x'.repeat(60)}...`)
  expect(excerptOf(new Uint8Array(1000))).toBe(`${String.raw`\x00`.repeat(15)}...`)
})
