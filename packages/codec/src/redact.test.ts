import { expect, test } from 'vitest'
import { redactCommand } from './redact.ts'

test.each([
  ['PASS secret', 'PASS ***'],
  ['pass se cret', 'pass ***'],
  ['  PASS\tsecret', '  PASS\t***'],
  ['PASS ', 'PASS ***'],
  ['PASS', 'PASS'],
  ['APOP alice digest', 'APOP alice ***'],
  ['APOP alice', 'APOP alice'],
  ['AUTH PLAIN AGFsaWNl', 'AUTH PLAIN ***'],
  ['AUTH PLAIN', 'AUTH PLAIN'],
  ['USER alice', 'USER alice'],
  ['RETR 1', 'RETR 1'],
  ['', ''],
])('%j is shown as %j', (line, shown) => {
  expect(redactCommand(line)).toBe(shown)
})
