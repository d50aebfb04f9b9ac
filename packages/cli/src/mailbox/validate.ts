/** `pop3kit mailbox validate`: all that is wrong with a mailbox. Status 0: it can be loaded, 1: it cannot. */
import { type MailboxProblem, validateMailbox } from '@pop3kit/mailbox'
import { Command } from 'commander'
import { harmless } from '../print.ts'

/** The command with its options. */
export function validateCommand(): Command {
  return new Command('validate')
    .description('Tell all that is wrong with a mailbox, each with file and line')
    .argument('<path>', 'a folder of .eml files, a manifest, an .eml file, an mbox or a Maildir')
    .option('--json', 'print one JSON object a problem and line')
    .action(validate)
}

async function validate(path: string, { json }: { readonly json?: true }): Promise<void> {
  const problems = await validateMailbox(path)
  const lines = problems.map((problem) => (json === true ? JSON.stringify(problem) : harmless(lineOf(problem))))
  if (json !== true) lines.push(summaryOf(problems))
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
  if (problems.some(({ severity }) => severity === 'error')) process.exitCode = 1
}

/** As compilers tell their findings, so that editors can go there. */
function lineOf({ file, line, column, severity, problem, expected }: MailboxProblem): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  return `${place}: ${severity}: ${problem}; expected ${expected}`
}

function summaryOf(problems: readonly MailboxProblem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return `${counted(errors, 'error')}, ${counted(problems.length - errors, 'warning')}`
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`
