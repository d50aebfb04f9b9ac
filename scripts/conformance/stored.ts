/** The columns of the real servers as files: fixtures/conformance/<name>.json. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckDescription } from '@pop3kit/conformance'
import { workspace } from '../lib/workspace.ts'
import type { Column } from './column.ts'

const fileOf = (name: string): string => join(workspace, `fixtures/conformance/${name}.json`)

export function readColumn(name: string): Column {
  return JSON.parse(readFileSync(fileOf(name), 'utf8'))
}

export function writeColumn(name: string, column: Column): void {
  writeFileSync(fileOf(name), `${JSON.stringify(column, undefined, 2)}\n`)
}

/** The checks that a file lacks, and those that it has and nobody knows. */
export function staleChecks({ checks: known }: Column, checks: readonly CheckDescription[]): string[] {
  const ids = new Set(checks.map(({ id }) => id))
  return [...[...ids].filter((id) => !(id in known)), ...Object.keys(known).filter((id) => !ids.has(id))]
}
