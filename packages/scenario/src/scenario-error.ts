/** The one error of this package: a scenario cannot be loaded or combined. It says where, what is there and what is allowed. */

import { FileError } from '@pop3kit/yaml-file'

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
export class ScenarioError extends FileError {
  static {
    // As with the errors of the language: inherited, and not shown among the properties.
    Object.defineProperty(this.prototype, 'name', { value: 'ScenarioError', configurable: true, writable: true })
  }

  /** Always `'SCENARIO'`. */
  readonly code = 'SCENARIO'
}
