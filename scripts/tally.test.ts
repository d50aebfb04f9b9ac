import { expect, test } from 'vitest'
import { fixture } from './lib/fixture.test-support.ts'
import { pass, skip } from './lib/report.ts'
import { format, tally } from './tally.ts'

interface Given {
  readonly exitCode?: number
  readonly dependents?: readonly string[]
  readonly outputs?: readonly string[]
}

function task(taskId: string, { exitCode = 0, dependents = [], outputs = ['dist/**'] }: Given = {}): object {
  return { taskId, directory: 'packages/a', outputs, dependents, execution: { exitCode } }
}

/** What is said of a run of these tasks that left these files. */
function said(tasks: readonly object[], files: Record<string, object> = {}, exitCode = 0): string {
  return format(tally(fixture({ '.turbo/runs/1.json': { tasks, execution: { exitCode } }, ...files })))
}

const tests = { outputs: ['reports/test.json'] }

test('Each task counts as one, and one that leaves a report as its tests', () => {
  const report = { passed: 40, failed: [], skipped: [] }
  expect(said([task('a#build'), task('a#test', tests)], { 'packages/a/reports/test.json': report })).toBe(
    '41 passed, 0 failed',
  )
})

test('What failed is named, and so is what was skipped, with the reason', () => {
  const report = { ...skip('b.test.ts > curl', 'curl is missing'), failed: ['b.test.ts > reads'] }
  const text = said([task('a#lint', { exitCode: 1 }), task('a#test', { ...tests, exitCode: 1 })], {
    'packages/a/reports/test.json': report,
  })
  expect(text.split('\n')).toEqual([
    'Failed:',
    '  a#lint',
    '  a#test b.test.ts > reads',
    'Skipped:',
    '  a#test b.test.ts > curl (curl is missing)',
    '0 passed, 2 failed, 1 skipped',
  ])
})

test('A task that died before it wrote its report has failed', () => {
  expect(said([task('a#test', { ...tests, exitCode: 1 })])).toContain('a#test left no report\n0 passed, 1 failed')
})

test('A task that ended badly after tests that passed has failed', () => {
  const text = said([task('a#test', { ...tests, exitCode: 1 })], { 'packages/a/reports/test.json': pass })
  expect(text).toContain('a#test ended with status 1\n1 passed, 1 failed')
})

test('A task that was not run because another failed has failed', () => {
  const text = said([task('a#build', { exitCode: 1, dependents: ['b#build'] })])
  expect(text).toContain('a#build\n  b#build was not run\n0 passed, 2 failed')
})

test('A run that failed as a whole, or left no summary, has failed', () => {
  expect(said([task('a#build')], {}, 1)).toContain('turbo ended with status 1\n1 passed, 1 failed')
  expect(format(tally(fixture({})))).toContain('turbo left no summary of its run\n0 passed, 1 failed')
})
