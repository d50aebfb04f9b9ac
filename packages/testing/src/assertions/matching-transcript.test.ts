import { expect, test } from 'vitest'
import { serverAfter } from '../testing/alice.ts'
import { saidBy } from '../testing/expecting.ts'
import { matchingTranscript } from './matching-transcript.ts'

test.each([
  [
    'line by line',
    'S: +OK POP3 server ready\nC: USER alice\nS: +OK send PASS\nC: PASS ***\nS: +OK*\nC: STAT\nS: +OK 3 91\nC: QUIT\nS: +OK*',
  ],
  ['with any lines', '\n    S: +OK *\n    ...\n    C: STAT\n    S: +OK 3 91\n    ...\n  '],
  ['from a line on', '...\nC: QUIT\nS: +OK*'],
  ['to a line', 'S: +OK*\nC: USER alice\n...'],
  ['with a line that comes more than once', '...\nS: +OK*\nC: QUIT\n...'],
  ['with what else happened', '...\nC: QUIT\nS: +OK*\n# closed by the server (quit)'],
  ['as anything', '...'],
])('a transcript matches %s', async (_, text) => {
  const outcome = matchingTranscript(await serverAfter(['STAT', 'QUIT']), text)
  expect(outcome.pass, outcome.message()).toBe(true)
})

test.each([
  ['a line more', '...\nC: QUIT'],
  ['a line less', 'S: +OK*\nC: STAT\n...'],
  ['another order', '...\nC: QUIT\n...\nC: STAT\n...'],
  ['nothing', ''],
  ['a pattern that is none', '...\nC: ST.T\n...'],
])('it does not match with %s', async (_, text) => {
  expect(matchingTranscript(await serverAfter(['STAT', 'QUIT']), text).pass).toBe(false)
})

test('the first difference is marked where the text fits best', async () => {
  const server = await serverAfter(['STAT', 'QUIT'])
  expect(saidBy(matchingTranscript(server, '...\nC: STAT\nS: +OK 2 62\n...\nC: QUIT\n...')))
    .toBe(`Expected the transcript of the server to match

    expected      received
    ...           S: +OK POP3 server ready
                  C: USER alice
                  S: +OK send PASS
                  C: PASS ***
                  S: +OK maildrop has 3 messages (91 octets)
    C: STAT       C: STAT
  > S: +OK 2 62   S: +OK 3 91`)
})

test('not: the message tells the sessions like every other', async () => {
  const server = await serverAfter(['QUIT'])
  expect(matchingTranscript(server, '...').message()).toMatch(
    /^Expected the transcript of the server not to match\n.*\nSession 1 of alice \(UPDATE, closed\):\n/s,
  )
})

test('what is no text is refused', async () => {
  const server = await serverAfter(['QUIT'])
  // @ts-expect-error -- as in JavaScript
  expect(() => matchingTranscript(server, /QUIT/)).toThrow(
    'Cannot compare with an object of class RegExp: expected a transcript as text',
  )
})
