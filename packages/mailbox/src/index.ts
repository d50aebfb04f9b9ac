/** Mailboxes for tests: folders of .eml files with an optional manifest, and ready sets. */
export { loadMailbox } from './load-mailbox.ts'
export type { Mailbox, MailboxMaildrop, MailboxMessage } from './mailbox.ts'
export { MailboxError } from './mailbox-error.ts'
export { edgeCasesMailbox, walkthroughMailbox } from './ready-mailboxes.ts'
