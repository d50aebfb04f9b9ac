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
  ['auth Xoauth2 dXNlcj1hbGljZQ==', 'auth Xoauth2 ***'],
  ['AUTH  XOAUTH2   dXNlcj1hbGljZQ==', 'AUTH  XOAUTH2   ***'],
  ['AUTH\tXOAUTH2\tdXNlcj1hbGljZQ==', 'AUTH\tXOAUTH2\t***'],
  [' AUTH \tPLAIN \t AGFsaWNl and more', ' AUTH \tPLAIN \t ***'],
  ['AUTH PLAIN =', 'AUTH PLAIN ***'],
  ['AUTH PLAIN  ', 'AUTH PLAIN  '],
  ['APOP  alice  digest', 'APOP  alice  ***'],
  ['\0PASS secret', '\0PASS ***'],
  ['PASS se\ncret', 'PASS ***'],
  ['PASSWORD secret', 'PASSWORD secret'],
  ['USER alice', 'USER alice'],
  ['RETR 1', 'RETR 1'],
  ['', ''],
])('%j is shown as %j', (line, shown) => {
  expect(redactCommand(line)).toBe(shown)
})
