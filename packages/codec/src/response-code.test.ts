import { expect, test } from 'vitest'
import { formatResponseCode, isResponseCode, parseResponseCode } from './response-code.ts'

test.each([
  ['[IN-USE] Do you have another session?', 'IN-USE', 'Do you have another session?'],
  ['[SYS/TEMP] Later', 'SYS/TEMP', 'Later'],
  ['[AUTH]', 'AUTH', ''],
  ['[AUTH]wrong', 'AUTH', 'wrong'],
  ['[a[b] c', 'a[b', 'c'],
])('R56: %j holds the code %j and the text %j', (whole, code, text) => {
  expect(parseResponseCode(whole)).toEqual({ code, text })
})

test.each([
  '',
  'No code',
  'Not [first]',
  ' [AUTH] behind a space',
  '[]',
  '[two words] x',
  '[SYS//TEMP] x',
  '[SYS/] x',
  '[open',
  '[é] x',
])('R42: %j holds no code', (text) => {
  expect(parseResponseCode(text)).toEqual({ code: undefined, text })
})

test.each([
  ['SYS/TEMP', 'SYS', true],
  ['sys/Temp', 'SYS/TEMP', true],
  ['SYS/TEMP/DISK/FULL', 'SYS/TEMP', true],
  ['SYS', 'SYS/TEMP', false],
  ['SYSTEM', 'SYS', false],
  ['IN-USE', 'SYS', false],
  [undefined, 'SYS', false],
])('R56: whether %j is %j: %j', (code, wanted, answer) => {
  expect(isResponseCode(code, wanted)).toBe(answer)
})

test('a code is formatted in its brackets', () => {
  expect(formatResponseCode('LOGIN-DELAY')).toBe('[LOGIN-DELAY]')
})

test.each(['', 'A]B', 'two words', 'SYS/', '/TEMP', 'A\r\nB'])('a code of %j is refused', (code) => {
  expect(() => formatResponseCode(code)).toThrow(expect.objectContaining({ code: 'POP3_ARGUMENT' }))
})
