/** `pop3kit serve`: a mock server until somebody ends it. */
import { Pop3PendingFaultsError, type Pop3Server, personaNames, setupPop3Server } from '@pop3kit/server'
import { Command, Option } from 'commander'
import { writeFile } from 'node:fs/promises'
import { type Maildrops, type Login, maildropsOf, parseLogin } from './maildrops.ts'
import { type Announcement, printJson, printText } from './print.ts'
import { parsePort } from './port.ts'
import { playing } from './scenarios.ts'
import { type CertificateOptions, tlsOptionsOf } from './tls-options.ts'
import { untilSignal } from './until-signal.ts'

interface ServeOptions extends CertificateOptions {
  readonly mailbox?: readonly string[]
  readonly user?: readonly Login[]
  readonly persona?: (typeof personaNames)[number]
  readonly scenario?: readonly string[]
  readonly host: string
  readonly port: number
  readonly tlsPort?: number
  readonly saveCa?: string
  readonly json?: true
}

const collect =
  <Value>(parse: (text: string) => Value) =>
  (text: string, before: readonly Value[] = []): Value[] => [...before, parse(text)]

/** The command with its options. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Serve mailboxes over POP3. With nothing at all: the mailbox of the published telnet walk-through')
    .option(
      '--mailbox <path>',
      'a folder of .eml files with a manifest (mailbox.yaml) or without, an mbox, or a Maildir; more than once: several',
      collect(String),
    )
    .option(
      '--user <name:password>',
      'somebody who may log in; has the mailboxes without a manifest',
      collect(parseLogin),
    )
    .addOption(
      new Option(
        '--persona <name>',
        'whom it answers like (default: courier for the walk-through, else strict)',
      ).choices(personaNames),
    )
    .option('--scenario <file>', 'what it does wrong; more than once: all of it', collect(String))
    .option('--host <host>', 'the address to listen on', '127.0.0.1')
    .option('--port <port>', 'the port to listen on, 0 for a free one', parsePort, 0)
    .option('--tls-port <port>', 'a second port, with implicit TLS; 0 for a free one', parsePort)
    .option('--certificate <which>', 'valid, expired, not-yet-valid, self-signed, wrong-host, or a PEM file', 'valid')
    .option('--key <file>', 'the private key of the PEM file')
    .option(
      '--tls-host <name>',
      'a name or address that the generated certificate is for; more than once',
      collect(String),
    )
    .option('--save-ca <file>', 'write the certificate that clients are to trust to a file')
    .option('--json', 'print one JSON object a line')
    .action(serve)
}

async function serve({ mailbox = [], user = [], scenario = [], ...options }: ServeOptions): Promise<void> {
  const maildrops = await maildropsOf(mailbox, user)
  const usual = mailbox.length === 0 ? 'courier' : 'strict'
  const { scenarios, options: played } = await playing(scenario, options.persona, usual)
  // Asked for before anything is told: who reads the first line may end it at once.
  const signalled = untilSignal()
  const server = setupPop3Server({ ...played, maildrops, tls: { ...(await tlsOptionsOf(options)), ...played.tls } })
  if (options.saveCa !== undefined) await writeFile(options.saveCa, await server.certificateAuthority())
  await server.listen({ host: options.host, port: options.port })
  if (options.tlsPort !== undefined) {
    await server.listen({ host: options.host, port: options.tlsPort, tls: 'implicit' })
  }
  const print = options.json === true ? printJson : printText
  // The password is told only where it is the published one of the walk-through.
  const persona = typeof played.persona === 'string' ? played.persona : played.persona.name
  print(server, { persona, scenarios, logins: loginsOf(maildrops, mailbox.length === 0 && user.length === 0) })
  await signalled
  tellPending(server)
  await server.close()
}

/** A place that is misspelt is reached by nobody, and the session that is watched looks as if nothing went wrong. */
function tellPending(server: Pop3Server): void {
  try {
    server.assertNoPendingFaults()
  } catch (error) {
    if (!(error instanceof Pop3PendingFaultsError)) throw error
    process.stderr.write(`pop3kit: Not everything has fired:\n${error.table}\n`)
  }
}

function loginsOf(maildrops: Maildrops, withPasswords: boolean): Announcement['logins'] {
  return Object.entries(maildrops).map(([user, { password }]) => ({
    user,
    ...(withPasswords && password !== undefined && { password }),
  }))
}
