/** The one error of this package: a scenario cannot be loaded or combined. It says where, what is there and what is allowed. */

/** Where a problem stands in a text. */
export interface ScenarioPosition {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
}

/** What a {@link ScenarioError} is made of. */
export interface ScenarioErrorInit {
  /** What the scenario is called: a path. */
  readonly file: string
  /** The place in it. */
  readonly position?: ScenarioPosition | undefined
  /** What is there, in words. */
  readonly problem: string
  /** What is allowed, in words. */
  readonly expected: string
  /** The error behind it, if there is one. */
  readonly cause?: unknown
}

/**
 * A scenario that cannot be loaded.
 *
 * @example Tell what is wrong with a scenario
 * ```ts
 * import assert from 'node:assert/strict'
 * import { ScenarioError, parseScenario } from '@pop3kit/scenario'
 *
 * const text = `title: Half a message
 * handlers:
 *   - at: RETR
 *     play: { cut: { octets: 1200 } }
 * `
 * assert.throws(
 *   () => parseScenario(text, { file: 'half.yaml' }),
 *   (error) => error instanceof ScenarioError && error.line === 4 && error.column === 18 && error.expected.includes('{ octet }'),
 * )
 * ```
 */
export class ScenarioError extends Error {
  static {
    // As with the errors of the language: inherited, and not shown among the properties.
    Object.defineProperty(this.prototype, 'name', { value: 'ScenarioError', configurable: true, writable: true })
  }

  /** Always `'SCENARIO'`. */
  readonly code = 'SCENARIO'
  /** What the scenario is called: a path. */
  readonly file: string
  /** The line in it, from 1; `undefined` when the problem is not a place in it. */
  readonly line: number | undefined
  /** The column in that line, from 1. */
  readonly column: number | undefined
  /** What is allowed instead, in words. */
  readonly expected: string

  /** Made by `loadScenario` and its like. */
  constructor({ file, position, problem, expected, cause }: ScenarioErrorInit) {
    const place = position === undefined ? '' : `line ${position.line}, column ${position.column}: `
    super(`Cannot load "${file}": ${place}${problem}; expected ${expected}`, cause === undefined ? {} : { cause })
    this.file = file
    this.line = position?.line
    this.column = position?.column
    this.expected = expected
  }
}
