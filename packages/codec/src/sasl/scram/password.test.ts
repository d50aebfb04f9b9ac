import { expect, test } from 'vitest'
import { preparePassword } from './password.ts'

/** The first five are the examples of RFC 4013 section 3. */
test.each([
  ['I\u00adX', 'IX', 'a soft hyphen is mapped to nothing'],
  ['user', 'user', 'nothing is to be done'],
  ['USER', 'USER', 'the case is kept'],
  ['\u00aa', 'a', 'the feminine ordinal is a compatible letter'],
  ['\u2168', 'IX', 'the Roman nine is two compatible letters'],
  ['e\u0301', '\u00e9', 'an accent is composed'],
  ['a\u00a0b\u3000c', 'a b c', 'blanks are SP'],
  ['a\u200db\ufe0f', 'ab', 'joiners and variation selectors are mapped to nothing'],
  ['\ud83d\ude00\t\0', '\ud83d\ude00\t\0', 'what is prohibited stays'],
])('RFC 4013: %j is prepared as %j: %s', (password, prepared) => {
  expect(preparePassword(password)).toBe(prepared)
})
