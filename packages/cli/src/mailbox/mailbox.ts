/** `pop3kit mailbox`: what can be done with mailboxes without a server. */
import { Command } from 'commander'
import { validateCommand } from './validate.ts'

/** The command with its subcommands. */
export function mailboxCommand(): Command {
  return new Command('mailbox')
    .description('Look after mailboxes: .eml files with a manifest or without, mbox, Maildir')
    .addCommand(validateCommand())
}
