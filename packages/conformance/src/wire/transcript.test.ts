import { encodeLatin1 } from '@pop3kit/codec'
import { expect, test } from 'vitest'
import { Transcript } from './transcript.ts'

test('lines are shown with who said them, from the second connection on with its number', () => {
  const transcript = new Transcript([])
  const [first, second] = [transcript.connection(), transcript.connection()]
  transcript.sent(first, 'STAT')
  transcript.heard(first, encodeLatin1('+OK 1 2'), false)
  transcript.sent(second, 'NOOP')
  transcript.note(second, 'the client closes')
  expect(transcript.excerpt()).toEqual(['C: STAT', 'S: +OK 1 2', 'C2: NOOP', '# connection 2: the client closes'])
})

test('what is not visible ASCII is escaped, so that nobody commands a terminal', () => {
  const transcript = new Transcript([])
  transcript.heard('', encodeLatin1('+OK \x1b[2J\xff\ttab'), false)
  expect(transcript.excerpt()).toEqual([String.raw`S: +OK \x1b[2J\xff` + '\ttab'])
})

test('a secret is masked where the server repeats it, the longer one first', () => {
  const transcript = new Transcript(['sesame', 'open-sesame', 'abc'])
  transcript.heard('', encodeLatin1('-ERR not open-sesame, sesame, abc'), false)
  expect(transcript.excerpt()).toEqual(['S: -ERR not ***, ***, abc'])
  expect(transcript.shown('PASS open-sesame')).toBe('PASS ***')
})

test('a long body is shown by its beginning and its end', () => {
  const transcript = new Transcript([])
  transcript.heard('', encodeLatin1('+OK'), false)
  for (let line = 1; line <= 9; line += 1) transcript.heard('', encodeLatin1(`line ${line}`), true)
  expect(transcript.excerpt()).toEqual([
    'S: +OK',
    'S: line 1',
    'S: line 2',
    'S: line 3',
    '# 4 more lines',
    'S: line 8',
    'S: line 9',
  ])
})

test('a long line is cut, and says how long it was', () => {
  const transcript = new Transcript([])
  transcript.heard('', encodeLatin1('x'.repeat(1000)), false)
  expect(transcript.excerpt()).toEqual([`S: ${'x'.repeat(200)}... (1000)`])
})

test('of a long conversation the end is shown', () => {
  const transcript = new Transcript([])
  for (let line = 1; line <= 100; line += 1) transcript.sent('', `NOOP ${line}`)
  const excerpt = transcript.excerpt()
  expect(excerpt).toHaveLength(60)
  expect(excerpt[0]).toBe('# 41 lines before these')
  expect(excerpt.at(-1)).toBe('C: NOOP 100')
})
