/** `npm run demo`: the walk-through, two clients, a cut in mid-message and the recovery from it. */
import { Pop3Client, isPop3Error } from '@pop3kit/client'
import { walkthroughMailbox } from '@pop3kit/mailbox'
import { fault, pop3, setupPop3Server } from '@pop3kit/server'
import { Buffer } from 'node:buffer'
import { execFile } from 'node:child_process'
import { promisify, styleText } from 'node:util'

/** Lines shown of each reply. */
const shownLines = 8

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const title = (text: string): void => say(`\n${styleText('bold', text)}`)

const mailbox = await walkthroughMailbox()
const stored = mailbox.messages.map(({ content }) => Buffer.from(content))
const auth = { user: 'myusername', pass: 'mypassword' }

await using server = setupPop3Server({ maildrops: mailbox.maildrops, persona: 'courier' })
await server.listen()
const { host, port } = server
title(`A mock POP3 server listens on ${server.url}`)

await walkThrough()
await fetchWithClient()
await fetchWithPython()
await cutAndRecover()

/** The published telnet session, with our client in the place of the person. */
async function walkThrough(): Promise<void> {
  title('The published walk-through')
  const client = await Pop3Client.connect({ host, port, auth: { ...auth, mechanism: 'USER' } })
  await client.list()
  await client.list(7)
  await client.retr(7)
  await client.top(3, 5)
  await client.stat()
  await client.dele(7)
  await client.stat()
  await client.rset()
  await client.stat()
  await client.quit()
  showTranscript()
}

async function fetchWithClient(): Promise<void> {
  title('@pop3kit/client fetches the mailbox')
  const client = await Pop3Client.connect({ host, port, auth })
  const fetched: Uint8Array[] = []
  for await (const message of client.messages()) fetched.push(await message.bytes())
  await client.quit()
  say(verdict(fetched))
}

async function fetchWithPython(): Promise<void> {
  title("Python's poplib fetches the mailbox")
  const program = [
    'import base64, poplib, sys',
    'server = poplib.POP3(sys.argv[1], int(sys.argv[2]), timeout=10)',
    'server.user(sys.argv[3]); server.pass_(sys.argv[4])',
    'for number in range(1, server.stat()[0] + 1):',
    '    lines = server.retr(number)[1]',
    '    print(base64.b64encode(b"".join(line + b"\\r\\n" for line in lines)).decode())',
    'server.quit()',
  ].join('\n')
  try {
    const { stdout } = await promisify(execFile)('python3', ['-c', program, host, String(port), auth.user, auth.pass])
    say(
      verdict(
        stdout
          .trim()
          .split(/\r?\n/)
          .map((line) => Buffer.from(line, 'base64')),
      ),
    )
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    say('python3 is not installed here: left out')
  }
}

/** An ingestion that meets a server that closes in mid-message, and is started once more. */
async function cutAndRecover(): Promise<void> {
  title('The server closes behind octet 1994 of message 4, once')
  server.use(pop3.retr(4, fault.cut({ octet: 1994 }), { once: true }))
  const taken = new Map<string, Uint8Array>()
  const ingest = async (): Promise<void> => {
    const client = await Pop3Client.connect({ host, port, auth })
    try {
      for await (const message of client.messages({ skip: taken.keys() }))
        taken.set(message.uidl, await message.bytes())
      await client.quit()
    } finally {
      await client.close()
    }
  }
  await ingest().catch((error: unknown) => {
    if (!isPop3Error(error)) throw error
    say(`${styleText('red', `${error.name} [${error.code}]`)} ${error.message}`)
  })
  say(`${taken.size} whole messages are kept, no half one`)
  showTranscript()
  title('The same once more, for what is missing')
  await ingest()
  showTranscript()
  say(verdict([...taken.values()]))
}

function verdict(fetched: readonly Uint8Array[]): string {
  const whole = fetched.filter((message, index) => stored[index]?.equals(message)).length
  const octets = fetched.reduce((sum, { length }) => sum + length, 0)
  if (whole !== stored.length) throw new Error(`Only ${whole} of ${stored.length} messages came whole`)
  return styleText('green', `${whole} messages, ${octets} octets, each byte for byte as it is stored`)
}

/** The transcript of the last session; of each reply the first lines and the last. */
function showTranscript(): void {
  const lines = (server.sessions.at(-1)?.transcript() ?? '').trimEnd().split('\n')
  let run = 0
  for (const [index, line] of lines.entries()) {
    run = line.startsWith('S: ') ? run + 1 : 0
    const next = lines[index + 1]
    if (run <= shownLines || next === undefined || !next.startsWith('S: ')) say(`  ${line}`)
    else if (run === shownLines + 1) say('  S: ...')
  }
}
