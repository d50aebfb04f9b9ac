/** Writes the results of a vitest run as a {@link Report}. Vitest's own JSON does not say why a test was skipped. */
import type { Reporter, TestModule } from 'vitest/node'
import { combineReports, fail, pass, skip, writeReport, type Report } from './report.ts'

export function reportTo(file: string): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const errors = unhandledErrors.map((error) => fail(error.message))
      writeReport(file, combineReports([...modules.map(reportOf), ...errors]))
    },
  }
}

function reportOf(module: TestModule): Report {
  const tests = [...module.children.allTests()].map((test) => {
    const title = `${module.relativeModuleId} > ${test.fullName}`
    const result = test.result()
    if (result.state === 'passed') return pass
    if (result.state !== 'skipped') return fail(title)
    return skip(title, result.note ?? 'no reason is given')
  })
  // A file that does not load, or whose hooks fail, has failed even where each test that ran has passed.
  const errors = [module, ...module.children.allSuites()].flatMap((task) => task.errors())
  return combineReports([...tests, ...errors.map((error) => fail(`${module.relativeModuleId}: ${error.message}`))])
}
