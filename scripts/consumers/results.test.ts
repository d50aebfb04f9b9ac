import { expect, test } from 'vitest'
import { reportOfResults } from './results.ts'

test('Each test counts, and what failed or was skipped is named', () => {
  const assertionResults = [
    { fullName: 'ingest keeps mail', status: 'passed' },
    { fullName: 'ingest loses mail', status: 'failed' },
    { fullName: 'ingest is slow', status: 'pending' },
  ]
  const suite = { name: '/somewhere/ingest.spec.ts', status: 'failed', message: '', assertionResults }
  expect(reportOfResults(JSON.stringify({ testResults: [suite] }))).toEqual({
    passed: 1,
    failed: ['ingest.spec.ts > ingest loses mail'],
    skipped: [{ title: 'ingest.spec.ts > ingest is slow', reason: 'pending' }],
  })
})

test('A file that does not load has failed', () => {
  const suite = { name: 'a.spec.js', status: 'failed', message: 'SyntaxError: x\n  at y', assertionResults: [] }
  expect(reportOfResults(JSON.stringify({ testResults: [suite] })).failed).toEqual(['a.spec.js: SyntaxError: x'])
})
