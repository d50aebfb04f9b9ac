/**
 * What a task that runs tests leaves behind: reports/<script>.json in the folder of its package, an output of the task in
 * turbo.json, so that a cached task counts like one that ran.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Report {
  readonly passed: number
  /** One title a failure. */
  readonly failed: readonly string[]
  readonly skipped: readonly { readonly title: string; readonly reason: string }[]
}

export function writeReport(file: string, report: Report): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(report, undefined, 2))
}

export function readReport(file: string): Report {
  return JSON.parse(readFileSync(file, 'utf8'))
}

export const pass: Report = { passed: 1, failed: [], skipped: [] }

export function fail(title: string): Report {
  return { passed: 0, failed: [title], skipped: [] }
}

export function skip(title: string, reason: string): Report {
  return { passed: 0, failed: [], skipped: [{ title, reason }] }
}

export function combineReports(reports: readonly Report[]): Report {
  return {
    passed: reports.reduce((sum, { passed }) => sum + passed, 0),
    failed: reports.flatMap(({ failed }) => failed),
    skipped: reports.flatMap(({ skipped }) => skipped),
  }
}
