/** Clients that others wrote fetch the fixture mailboxes from the server byte for byte. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { canonical } from '@pop3kit/codec'
import { edgeCasesMailbox, walkthroughMailbox } from '@pop3kit/mailbox'
import { setupPop3Server } from '@pop3kit/server'
import { expect, test } from 'vitest'

const run = promisify(execFile)

interface Job {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly folder: string
  readonly count: number
}

interface ForeignClient {
  readonly name: string
  /** A command that succeeds where the client is installed. */
  readonly probe: readonly [file: string, ...args: string[]]
  /** What it makes of a message, where it is known not to be the message itself. */
  readonly makes?: (message: Uint8Array) => Uint8Array
  /** The command that fetches everything into a folder. */
  readonly fetch: (job: Job) => readonly [file: string, ...args: string[]]
}

const script = (name: string): string => fileURLToPath(new URL(`clients/${name}`, import.meta.url))

const clients: readonly ForeignClient[] = [
  {
    name: 'python3 poplib',
    probe: ['python3', '-c', 'import poplib'],
    fetch: ({ host, port, user, password, folder }) => [
      'python3',
      script('fetch-with-poplib.py'),
      host,
      String(port),
      user,
      password,
      folder,
    ],
  },
  {
    name: 'curl',
    probe: ['curl', '--version'],
    // curl takes the CRLF of the status line for the one before the terminator and gives it back: seen with curl 7.88.1.
    makes: (message) => (message.length === 0 ? new TextEncoder().encode('\r\n') : message),
    fetch: ({ host, port, user, password, folder, count }) => [
      'curl',
      '--silent',
      '--show-error',
      '--max-time',
      '60',
      '--user',
      `${user}:${password}`,
      '--output',
      join(folder, '#1.eml'),
      `pop3://${host}:${port}/[1-${count}]`,
    ],
  },
  {
    name: 'perl Net::POP3',
    probe: ['perl', '-MNet::POP3', '-e', '1'],
    fetch: ({ host, port, user, password, folder }) => [
      'perl',
      script('fetch-with-net-pop3.pl'),
      host,
      String(port),
      user,
      password,
      folder,
    ],
  },
]

const mailboxes = { 'walk-through': walkthroughMailbox, 'edge-case': edgeCasesMailbox }

for (const { name, probe, fetch, makes = (message: Uint8Array): Uint8Array => message } of clients) {
  for (const [title, load] of Object.entries(mailboxes)) {
    test(`${name} fetches the ${title} mailbox byte for byte`, { timeout: 300_000 }, async ({ skip }) => {
      const [file, ...args] = probe
      const installed = await run(file, args).then(
        () => true,
        () => false,
      )
      skip(!installed, `${name} is not installed here`)

      const { maildrops } = await load()
      const [user, maildrop] = Object.entries(maildrops)[0] ?? []
      if (user === undefined || maildrop?.password === undefined) throw new Error('The mailbox has no user')
      await using server = setupPop3Server({ maildrops })
      await server.listen()
      const folder = await mkdtemp(join(tmpdir(), 'pop3kit-'))
      try {
        const count = maildrop.messages.length
        const { host, port } = server
        const [command, ...words] = fetch({ host, port, user, password: maildrop.password, folder, count })
        await run(command, words)
        for (const [index, message] of maildrop.messages.entries()) {
          const fetched = await readFile(join(folder, `${index + 1}.eml`))
          expect(fetched.equals(makes(canonical(message.content))), `${message.file} as fetched`).toBe(true)
        }
      } finally {
        await rm(folder, { recursive: true })
      }
    })
  }
}
