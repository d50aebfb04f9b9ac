/** Mailboxes for tests: .eml, mbox and Maildir with an optional manifest, composed, generated and ready messages. */
export { MailboxArgumentError } from './argument-error.ts'
export { compose, type ComposeAttachment, type ComposeCalendar, type ComposeOptions } from './compose/compose.ts'
export { loadMailbox, type LoadMailboxOptions } from './load-mailbox.ts'
export { generate, type GeneratedMessage, type GenerateOptions } from './generate/generate.ts'
export type { Mailbox, MailboxMaildrop, MailboxMessage } from './mailbox.ts'
export { MailboxError } from './mailbox-error.ts'
export type { MboxDialect } from './mbox/dialect.ts'
export {
  bouncesMailbox,
  calendarMailbox,
  digestsMailbox,
  edgeCasesMailbox,
  malformedMailbox,
  signedMailbox,
  walkthroughMailbox,
} from './ready-mailboxes.ts'
export type { Savable, SavableMessage, SavedDetails } from './save/savable.ts'
export { saveMailbox, type SaveMailboxOptions } from './save/save-mailbox.ts'
export { validateMailbox, type MailboxProblem } from './validate/validate-mailbox.ts'
