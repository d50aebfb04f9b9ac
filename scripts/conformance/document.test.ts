import { expect, test } from 'vitest'
import { documentOf, unshown, type Facts } from './document.ts'

const check = { id: 'noop', requirement: 'R2', level: 'MUST', title: 'NOOP is answered +OK', needs: [] } as const

const facts: Facts = {
  requirements: [
    { number: 1, section: '1939 s3', side: 'client', words: 'finds the end' },
    { number: 2, section: '1939 s5', side: 'server', words: 'NOOP: +OK' },
    { number: 3, section: '1', side: 'both', words: 'something', note: 'as R2' },
  ],
  checks: [check],
  citations: new Map([[1, ['packages/client/src/turn.test.ts', 'test/splits.test.ts']]]),
  columns: {
    strict: { greeting: '+OK', checks: { noop: { outcome: 'pass' } } },
    other: { greeting: '+OK hi ', checks: { noop: { outcome: 'fail', reason: 'not "-ERR `"' } } },
  },
}

test('a row has what every server came to, and one of clients has nothing', () => {
  const rows = documentOf(facts).split('\n')
  expect(rows).toContain('| R1  | 1939 s3 | client | finds the end |        |       |')
  expect(rows).toContain('| R2  | 1939 s5 | server | NOOP: +OK     | pass   | fail  |')
})

test('what fails is said, in words that Markdown leaves alone', () => {
  const page = documentOf(facts)
  expect(page).toContain('### strict\n\n`+OK`\n\nNothing.')
  expect(page).toContain('### other\n\n`+OK hi`\n\n- R2 `noop`: NOOP is answered +OK. `` not "-ERR `" ``')
})

test('every requirement has a check, a test where there is none, or a word why not', () => {
  const rows = documentOf(facts).split('\n')
  expect(rows).toContain('- R1: client/turn, test/splits')
  expect(rows).toContain('- R2: `noop`')
  expect(rows).toContain('- R3: as R2')
  expect(unshown(facts)).toEqual([])
  expect(unshown({ ...facts, citations: new Map() })).toEqual([
    'R1 (finds the end) has neither a check nor a test that cites it',
  ])
})

test('a requirement of both has its checks, and the tests that are not about the server', () => {
  const [, second = facts.requirements[0]] = facts.requirements
  const files = ['packages/client/src/noop.test.ts', 'packages/server/src/noop.test.ts']
  const both = { ...facts, requirements: [{ ...second, side: 'both' as const }], citations: new Map([[2, files]]) }
  expect(documentOf(both as Facts)).toContain('- R2: `noop`, client/noop\n')
})
