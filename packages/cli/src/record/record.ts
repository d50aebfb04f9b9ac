/** `pop3kit record`: stands between a client and a real server, and writes down what passes. */
import { formatPopUrl } from '@pop3kit/codec'
import { type Redaction, TranscriptRecorder } from '@pop3kit/transcript'
import { Command, InvalidArgumentError, Option } from 'commander'
import { closeSync, openSync, writeSync } from 'node:fs'
import { formatTarget, parseTarget, type Target } from '../check/target.ts'
import { parsePort } from '../port.ts'
import { readCertificates } from '../read-text.ts'
import { untilSignal } from '../until-signal.ts'
import { UsageError } from '../usage-error.ts'
import { type Proxy, openProxy } from './proxy.ts'
import type { Upstream } from './upstream.ts'

interface RecordOptions {
  readonly upstream: Target
  readonly tls: Upstream['tls']
  readonly ca?: string
  readonly insecure?: true
  readonly port: number
  readonly redact?: Redaction
  readonly output: string
}

/** The command with its options. */
export function recordCommand(): Command {
  return new Command('record')
    .description('Stand between a client and a real server, and write a transcript of what passes')
    .requiredOption('--upstream <host:port>', 'the server; without a port 110, with implicit TLS 995', parseTarget)
    .addOption(
      new Option('--tls <when>', 'when TLS begins towards the server; the client speaks in clear, on loopback')
        .choices(['none', 'implicit', 'starttls'] as const)
        .default('none'),
    )
    .option('--ca <file>', 'the certificate authorities to trust, PEM')
    .option('--insecure', 'take any certificate')
    .option('--port <port>', 'the port to listen on, 0 for a free one', parsePort, 0)
    .option(
      '--redact <what>',
      'addresses, bodies, or both with a comma: replace them, and keep all sizes',
      parseRedaction,
    )
    .requiredOption('-o, --output <file>', 'where the transcript goes')
    .action(record)
}

function parseRedaction(text: string): Redaction {
  const words = text.split(',').map((word) => word.trim())
  if (words.some((word) => word !== 'addresses' && word !== 'bodies')) {
    throw new InvalidArgumentError('Expected "addresses", "bodies" or "addresses,bodies".')
  }
  return { addresses: words.includes('addresses'), bodies: words.includes('bodies') }
}

async function record({ upstream: { host, port }, output, redact, ...options }: RecordOptions): Promise<void> {
  if (options.tls === 'none' && (options.ca ?? options.insecure) !== undefined) {
    throw new UsageError('Cannot use --ca or --insecure without TLS: expected --tls implicit or --tls starttls')
  }
  const upstream: Upstream = {
    host,
    port: port ?? (options.tls === 'implicit' ? 995 : 110),
    tls: options.tls,
    ca: options.ca === undefined ? undefined : await readCertificates(options.ca),
    insecure: options.insecure === true,
  }
  const signalled = untilSignal()
  const file = create(output)
  // At once, so that a file is whole whatever happens to the program.
  const recorder = new TranscriptRecorder({ redact, write: (text) => void writeSync(file, text) })
  const proxy = await open({
    upstream,
    recorder,
    port: options.port,
    onFailure: (error) =>
      void process.stderr.write(`pop3kit: ${error instanceof Error ? error.message : String(error)}\n`),
  })
  const url = formatPopUrl({ host: proxy.host, port: proxy.port })
  process.stdout.write(`Recording on ${url} for ${formatTarget(upstream)} into "${output}", ended by Ctrl-C\n`)
  await signalled
  await proxy.close()
  closeSync(file)
}

/** Mail is private: nobody else on this machine may read it. */
function create(output: string): number {
  try {
    return openSync(output, 'w', 0o600)
  } catch (error) {
    throw new UsageError(`Cannot write "${output}": ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function open(environment: Parameters<typeof openProxy>[0]): Promise<Proxy> {
  try {
    return await openProxy(environment)
  } catch (error) {
    throw new UsageError(
      `Cannot listen on port ${environment.port}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
