import { onTestFinished, expect, test, vi } from 'vitest'
import { fixture } from './fixture.test-support.ts'
import JestReporter from './jest-reporter.ts'
import { readReport } from './report.ts'

test('A report has what passed, what failed, what was skipped, and the file that did not load', () => {
  const root = fixture({})
  vi.spyOn(process, 'cwd').mockReturnValue(root)
  vi.stubEnv('npm_lifecycle_event', 'test')
  onTestFinished(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  })
  new JestReporter().onRunComplete(undefined, {
    testResults: [
      {
        testFilePath: `${root}/src/a.test.js`,
        testResults: [
          { fullName: 'the desk answers', status: 'passed' },
          { fullName: 'the desk waits', status: 'failed' },
          { fullName: 'the desk sleeps', status: 'pending' },
        ],
      },
      { testFilePath: `${root}/src/b.test.js`, testExecError: { message: 'does not load' }, testResults: [] },
    ],
  })
  expect(readReport(`${root}/reports/test.json`)).toEqual({
    passed: 1,
    failed: ['src/a.test.js > the desk waits', 'src/b.test.js: does not load'],
    skipped: [{ title: 'src/a.test.js > the desk sleeps', reason: 'no reason is given' }],
  })
})
