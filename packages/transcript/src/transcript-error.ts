/** The errors of this package. */
import { Pop3Error } from '@pop3kit/codec'

/** Where a text cannot be read, and why. */
export interface TranscriptProblem {
  /** The file, if the text is one. */
  readonly file: string | undefined
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
  /** What stands there, in words. */
  readonly problem: string
  /** What was expected instead, in words. */
  readonly expected: string
}

/**
 * A text that is no transcript.
 *
 * @example Tell where a transcript is wrong
 * ```ts
 * import assert from 'node:assert/strict'
 * import { parseTranscript } from '@pop3kit/transcript'
 *
 * assert.throws(() => parseTranscript('S: +OK\nQUIT\n', { file: 'session.pop3' }), {
 *   code: 'POP3_TRANSCRIPT',
 *   line: 2,
 *   column: 1,
 * })
 * ```
 */
export class TranscriptError extends Pop3Error {
  static {
    Object.defineProperty(this.prototype, 'name', { value: 'TranscriptError', configurable: true, writable: true })
  }

  /** Always `POP3_TRANSCRIPT`. */
  declare readonly code: 'POP3_TRANSCRIPT'
  /** The file, if the text is one. */
  readonly file: string | undefined
  /** The line, from 1. */
  readonly line: number
  /** The column in that line, from 1, in UTF-16 code units. */
  readonly column: number
  /** What was expected instead, in words. */
  readonly expected: string

  /** Made by `parseTranscript`. */
  constructor({ file, line, column, problem, expected }: TranscriptProblem) {
    const what = file === undefined ? 'the transcript' : `"${file}"`
    super('POP3_TRANSCRIPT', `Cannot read ${what}: line ${line}, column ${column}: ${problem}; expected ${expected}`)
    this.file = file
    this.line = line
    this.column = column
    this.expected = expected
  }
}
