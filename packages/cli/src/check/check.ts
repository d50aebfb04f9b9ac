/** `pop3kit check`: the conformance suite against a server. Status 0: no check failed, 1: some did, 2: could not run. */
import { checkServer, type CheckServerOptions, type ConformanceReport } from '@pop3kit/conformance'
import { loadMailbox } from '@pop3kit/mailbox'
import { Command, Option } from 'commander'
import { writeFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { styleText } from 'node:util'
import { readCertificates } from '../read-text.ts'
import { UsageError } from '../usage-error.ts'
import { junitOf } from './junit.ts'
import { type SecretOptions, secretsOf, variables } from './secrets.ts'
import { tableOf } from './table.ts'
import { parseTarget, type Target } from './target.ts'

interface CheckOptions extends SecretOptions {
  readonly user: string
  readonly apopUser?: string
  readonly tls: 'none' | 'implicit' | 'starttls'
  readonly ca?: string
  readonly insecure?: true
  readonly mailbox?: string
  readonly allowDeletions?: true
  readonly idle?: true
  readonly timeout?: string
  readonly timeLimit?: string
  readonly only?: string
  readonly json?: string
  readonly junit?: string
}

/** The command with its options. */
export function checkCommand(): Command {
  return new Command('check')
    .description('Check any POP3 server against each requirement of the RFCs. Deletes nothing unless allowed to')
    .argument('<host:port>', 'the server; without a port 110, with implicit TLS 995', parseTarget)
    .requiredOption('--user <name>', 'who logs in')
    .option('--password <password>', `the password, which others on this machine can see; else ${variables.password}`)
    .option('--password-file <file>', 'a file whose first line is the password')
    .option('--apop-user <name>', 'who logs in with APOP (default: the same user)')
    .option('--apop-secret-file <file>', `a file whose first line is the secret of APOP; else ${variables.apopSecret}`)
    .option('--access-token-file <file>', `a file whose first line is an access token; else ${variables.accessToken}`)
    .addOption(
      new Option('--tls <when>', 'when TLS begins').choices(['none', 'implicit', 'starttls'] as const).default('none'),
    )
    .option('--ca <file>', 'the certificate authorities to trust, PEM')
    .option('--insecure', 'take any certificate')
    .option(
      '--mailbox <path>',
      'a folder of .eml files, an mbox or a Maildir: what the maildrop is known to hold, in this order',
    )
    .option('--allow-deletions', 'mark messages, and remove at most the last two')
    .option('--idle', 'wait out the inactivity timer as well, which takes about an hour')
    .option('--timeout <duration>', 'how long to wait for an answer (default: 30s)')
    .option('--time-limit <duration>', 'how long all checks but those of --idle may take (default: 15m)')
    .option('--only <checks>', 'requirements (R12) and names of checks (list-marked), with commas between them')
    .option('--json <file>', 'write the report as JSON; - for standard output')
    .option('--junit <file>', 'write the report as JUnit XML; - for standard output')
    .action(check)
}

async function check(target: Target, options: CheckOptions): Promise<void> {
  if (options.json === '-' && options.junit === '-') {
    throw new UsageError('Cannot write two reports to standard output: expected a file for --json or for --junit')
  }
  const report = await checkServer(await suiteOptions(target, options))
  if (options.json !== undefined) await write(options.json, `${JSON.stringify(report, undefined, 2)}\n`)
  if (options.junit !== undefined) await write(options.junit, await junitOf(report))
  if (options.json !== '-' && options.junit !== '-') await write('-', table(report))
  process.exitCode = report.conforms ? 0 : 1
}

async function suiteOptions({ host, port }: Target, options: CheckOptions): Promise<CheckServerOptions> {
  const { user, apopUser, timeout, timeLimit, ca, mailbox, only } = options
  return {
    host,
    port,
    user,
    apopUser,
    timeout,
    timeLimit,
    ...(await secretsOf(options, process.env)),
    tls: {
      mode: options.tls,
      ca: ca === undefined ? undefined : await readCertificates(ca),
      rejectUnauthorized: options.insecure === true ? false : undefined,
    },
    messages: mailbox === undefined ? undefined : await messagesOf(mailbox, user),
    allowDeletions: options.allowDeletions,
    only: only?.split(',').map((name) => name.trim()),
    wait: options.idle === true ? (ms) => setTimeout(ms) : undefined,
  }
}

/** What a folder has for a user: what its manifest says, or all of it. */
async function messagesOf(folder: string, user: string): Promise<Uint8Array[]> {
  const { maildrops, messages } = await loadMailbox(folder)
  return (maildrops[user]?.messages ?? messages).map(({ content }) => content)
}

const table = (report: ConformanceReport): string =>
  `${tableOf(report, process.stdout.isTTY ? styleText : (_format, text) => text).join('\n')}\n`

async function write(file: string, text: string): Promise<void> {
  if (file === '-') {
    process.stdout.write(text)
    return
  }
  try {
    await writeFile(file, text)
  } catch (error) {
    throw new UsageError(`Cannot write "${file}": ${error instanceof Error ? error.message : String(error)}`)
  }
}
