/**
 * Counts what the last `turbo run --summarize` ran: each test of a task that leaves reports, and every other task (a build, a
 * type-check, a lint run) as one. The last line stands alone: `N passed, N failed`.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { combineReports, fail, pass, readReport, type Report } from './lib/report.ts'
import { workspace } from './lib/workspace.ts'

interface RunSummary {
  readonly execution: { readonly exitCode: number }
  readonly tasks: readonly Task[]
}

interface Task {
  readonly taskId: string
  /** Where the task ran, from the root of the workspace. */
  readonly directory: string
  readonly outputs: readonly string[] | null
  /** The tasks that wait for this one. */
  readonly dependents: readonly string[]
  readonly execution: { readonly exitCode: number }
}

export function tally(root: string): Report {
  const [summary] = globSync(join(root, '.turbo/runs/*.json'))
  if (summary === undefined) return fail('turbo left no summary of its run')
  const { tasks, execution }: RunSummary = JSON.parse(readFileSync(summary, 'utf8'))
  const all = combineReports([...tasks.map((task) => reportOf(task, root)), ...notRun(tasks).map(fail)])
  if (execution.exitCode === 0 || all.failed.length > 0) return all
  return combineReports([all, fail(`turbo ended with status ${execution.exitCode}`)])
}

function reportOf({ taskId, directory, outputs, execution: { exitCode } }: Task, root: string): Report {
  const patterns = (outputs ?? []).filter((output) => output.startsWith('reports/'))
  if (patterns.length === 0) return exitCode === 0 ? pass : fail(taskId)
  const files = globSync(patterns, { cwd: join(root, directory) })
  const report = combineReports(files.map((file) => readReport(join(root, directory, file))))
  if (files.length === 0) return fail(`${taskId} left no report`)
  const named = {
    ...report,
    failed: report.failed.map((title) => `${taskId} ${title}`),
    skipped: report.skipped.map(({ title, reason }) => ({ title: `${taskId} ${title}`, reason })),
  }
  const unseen = exitCode !== 0 && report.failed.length === 0 ? [fail(`${taskId} ended with status ${exitCode}`)] : []
  return combineReports([named, ...unseen])
}

/** The tasks that turbo left out because one that they need has failed. */
function notRun(tasks: readonly Task[]): string[] {
  const ran = new Set(tasks.map(({ taskId }) => taskId))
  const waiting = new Set(
    tasks.filter(({ execution }) => execution.exitCode !== 0).flatMap(({ dependents }) => dependents),
  )
  return [...waiting].filter((taskId) => !ran.has(taskId)).map((taskId) => `${taskId} was not run`)
}

export function format({ passed, failed, skipped }: Report): string {
  return [
    ...(failed.length > 0 ? ['Failed:', ...failed.map((title) => `  ${title}`)] : []),
    ...(skipped.length > 0 ? ['Skipped:', ...skipped.map(({ title, reason }) => `  ${title} (${reason})`)] : []),
    `${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
  ].join('\n')
}

if (import.meta.main) {
  const report = tally(workspace)
  console.log(format(report))
  process.exitCode = report.failed.length > 0 ? 1 : 0
}
