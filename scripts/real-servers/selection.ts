/** What the programs of this folder are given: SERVER FILE.jsonl [PATTERN], a regular expression for the names of the cases. */
import { type Case, readCases } from './captured-case.ts'
import { isRealServerName, realServerNames, type RealServerName } from './start.ts'

export interface Selection {
  readonly name: RealServerName
  readonly cases: readonly Case[]
}

export function parseSelection([name = '', file, pattern = '']: readonly string[]): Selection {
  if (!isRealServerName(name) || file === undefined) {
    throw new Error(`Cannot tell what to play: expected ${realServerNames.join('|')} FILE.jsonl [PATTERN]`)
  }
  const named = new RegExp(pattern)
  return { name, cases: readCases(file).filter((one) => named.test(one.case)) }
}
