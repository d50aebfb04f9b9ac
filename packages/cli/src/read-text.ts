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

/** @throws {UsageError} When the file cannot be read, or has no certificate in it. */
export async function readCertificates(file: string): Promise<string> {
  const text = await readText(file)
  const expected = '-----BEGIN CERTIFICATE-----'
  if (text.includes(expected)) return text
  throw new UsageError(`Cannot use "${file}" as certificate authorities: expected PEM, "${expected}"`)
}
