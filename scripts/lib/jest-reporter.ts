/** Writes the results of a Jest run as a {@link Report}: reports/<script>.json of the package that runs it. */
import { join, relative } from 'node:path'
import { combineReports, fail, pass, skip, writeReport, type Report } from './report.ts'

/** What Jest tells of a run, as far as it is counted. */
interface JestResults {
  readonly testResults: readonly JestFile[]
}

interface JestFile {
  readonly testFilePath: string
  /** Why the file did not load. */
  readonly testExecError?: { readonly message: string }
  readonly testResults: readonly { readonly fullName: string; readonly status: string }[]
}

export default class JestReporter {
  onRunComplete(_contexts: unknown, { testResults }: JestResults): void {
    const file = join(process.cwd(), 'reports', `${process.env['npm_lifecycle_event']}.json`)
    writeReport(file, combineReports(testResults.map(reportOf)))
  }
}

function reportOf({ testFilePath, testExecError, testResults }: JestFile): Report {
  const file = relative(process.cwd(), testFilePath)
  const tests = testResults.map(({ fullName, status }) => {
    const title = `${file} > ${fullName}`
    if (status === 'passed') return pass
    return status === 'failed' ? fail(title) : skip(title, 'no reason is given')
  })
  return combineReports([...tests, ...(testExecError === undefined ? [] : [fail(`${file}: ${testExecError.message}`)])])
}
