/** The error of what cannot be made or saved as it was asked for. */

/** What was asked for cannot be done: the message says what was given and what was expected. */
export class MailboxArgumentError extends RangeError {
  static {
    // As with the errors of the language: inherited, and not shown among the properties.
    Object.defineProperty(this.prototype, 'name', { value: 'MailboxArgumentError', configurable: true, writable: true })
  }

  /** Always `'MAILBOX_ARGUMENT'`. */
  readonly code = 'MAILBOX_ARGUMENT'
}
