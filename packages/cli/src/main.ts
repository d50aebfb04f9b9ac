#!/usr/bin/env node
/** The command line: one program, a file a command. Status 0 is well, 1 is "a check failed", 2 is "could not run". */
import { Command, CommanderError } from 'commander'
import { checkCommand } from './check/check.ts'
import { mailboxCommand } from './mailbox/mailbox.ts'
import { recordCommand } from './record/record.ts'
import { replayCommand } from './replay/replay.ts'
import { serveCommand } from './serve.ts'
import { UsageError } from './usage-error.ts'

const program = new Command('pop3kit')
  .description('A mock POP3 server: correct by the letter, like a certain server, or faulty on demand')
  .addCommand(serveCommand())
  .addCommand(recordCommand())
  .addCommand(replayCommand())
  .addCommand(checkCommand())
  .addCommand(mailboxCommand())
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'pop3kit: ')) })

inherit(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2
  } else if (error instanceof Error && 'code' in error && (error instanceof UsageError || isOurs(error.code))) {
    process.stderr.write(`pop3kit: ${error.message}\n${placeOf(error)}`)
    process.exitCode = 2
  } else {
    throw error
  }
}

/** A place in a file as editors and terminals open it. */
function placeOf(error: Error): string {
  if (!('file' in error && 'line' in error && 'column' in error) || error.line === undefined) return ''
  return `  at ${[error.file, error.line, error.column].join(':')}\n`
}

function inherit(parent: Command): void {
  for (const command of parent.commands) inherit(command.copyInheritedSettings(parent))
}

/** Errors that the packages below make for people: of the loaders of mailboxes and scenarios, of the server and of transcripts. */
function isOurs(code: unknown): boolean {
  return code === 'MAILBOX' || code === 'SCENARIO' || (typeof code === 'string' && code.startsWith('POP3_'))
}
