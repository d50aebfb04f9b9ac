/** The one error of this package: a mailbox cannot be loaded. It says where, what is there and what was expected. */

/** Where a problem stands in a text. */
export interface Position {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units. */
  readonly column: number
}

/** What is wrong with something, and what was expected instead. */
export interface Problem {
  /** What is there, in words. */
  readonly problem: string
  /** What was expected instead, in words. */
  readonly expected: string
  /** The error behind it, if there is one. */
  readonly cause?: unknown
}

/** What a {@link MailboxError} is made of. */
export interface MailboxErrorInit extends Problem {
  /** The path of what cannot be loaded. */
  readonly file: string
  /** The place in it, for a manifest. */
  readonly position?: Position
}

/**
 * A folder, a manifest or a message that cannot be loaded. The message never holds a password or a secret.
 *
 * @example Tell what is wrong with a mailbox
 * ```ts
 * import assert from 'node:assert/strict'
 * import { MailboxError, loadMailbox } from '@pop3kit/mailbox'
 *
 * const error: unknown = await loadMailbox('no/such/folder').catch((reason: unknown) => reason)
 * assert(error instanceof MailboxError)
 * assert.equal(error.code, 'MAILBOX')
 * assert.equal(error.message, 'Cannot load "no/such/folder": it does not exist; expected a folder of .eml files')
 * ```
 */
export class MailboxError extends Error {
  static {
    // As with the errors of the language: inherited, and not shown among the properties.
    Object.defineProperty(this.prototype, 'name', { value: 'MailboxError', configurable: true, writable: true })
  }

  /** Always `'MAILBOX'`. */
  readonly code = 'MAILBOX'
  /** The folder, manifest or message that cannot be loaded, as a path. */
  readonly file: string
  /** The line in the manifest, from 1; `undefined` when the problem is not a place in a manifest. */
  readonly line: number | undefined
  /** The column in that line, from 1. */
  readonly column: number | undefined
  /** What was expected instead, in words. */
  readonly expected: string

  /** Made by `loadMailbox`. */
  constructor({ file, position, problem, expected, cause }: MailboxErrorInit) {
    const place = position === undefined ? '' : `line ${position.line}, column ${position.column}: `
    super(`Cannot load "${file}": ${place}${problem}; expected ${expected}`, cause === undefined ? {} : { cause })
    this.file = file
    this.line = position?.line
    this.column = position?.column
    this.expected = expected
  }
}

/** The code of an error of the file system, such as ENOENT. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)
}
