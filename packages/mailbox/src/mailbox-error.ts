/** The error of what cannot be loaded. It says where, what is there and what was expected. */
import { FileError, type FileErrorInit } from '@pop3kit/yaml-file'

/** What a {@link MailboxError} is made of. */
export interface MailboxErrorInit extends FileErrorInit {
  /** The place in the file, in octets from 0. */
  readonly offset?: number | undefined
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
 * assert.equal(error.message, 'Cannot load "no/such/folder": it does not exist; expected a folder, an .eml file or an mbox')
 * ```
 */
export class MailboxError extends FileError {
  static {
    // As with the errors of the language: inherited, and not shown among the properties.
    Object.defineProperty(this.prototype, 'name', { value: 'MailboxError', configurable: true, writable: true })
  }

  /** Always `'MAILBOX'`. */
  readonly code = 'MAILBOX'
  /** The place in an mbox or a message, in octets from 0; `undefined` when the problem is not a place in one. */
  readonly offset: number | undefined

  /** Made by what loads the file. */
  constructor(init: MailboxErrorInit) {
    super(init)
    this.offset = init.offset
  }
}
