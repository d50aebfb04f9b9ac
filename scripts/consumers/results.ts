/** What a runner leaves in results.json: the JSON of Jest, as which Vitest writes its own, too. */
import { combineReports, fail, pass, skip, type Report } from '../lib/report.ts'
import { basename } from 'node:path'

interface Results {
  readonly testResults: readonly SuiteResult[]
}

interface SuiteResult {
  /** The path of the file. */
  readonly name: string
  readonly status: string
  /** Why it did not load, where it did not. */
  readonly message?: string
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
}

export function reportOfResults(json: string): Report {
  const { testResults }: Results = JSON.parse(json)
  return combineReports(testResults.map(reportOfSuite))
}

function reportOfSuite({ name, status, message = '', assertionResults }: SuiteResult): Report {
  const file = basename(name)
  const tests = assertionResults.map(({ fullName, status }) => {
    const title = `${file} > ${fullName}`
    if (status === 'passed') return pass
    return status === 'failed' ? fail(title) : skip(title, status)
  })
  const report = combineReports(tests)
  // A file that does not load has no tests, and one whose hooks fail may have nothing but tests that have passed.
  const unseen = status === 'failed' && report.failed.length === 0
  return unseen ? combineReports([report, fail(`${file}: ${message.split('\n', 1)[0]}`)]) : report
}
