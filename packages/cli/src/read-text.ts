/** Files that a person names. */
import { readFile } from 'node:fs/promises'
import { UsageError } from './usage-error.ts'

/** @throws {UsageError} When the file cannot be read. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`Cannot read "${file}": ${error instanceof Error ? error.message : String(error)}`)
  }
}
