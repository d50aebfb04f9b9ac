/** docs/interop.md, written from the rows of the table and from what is known of the clients. */
import { encryptions, ways, type InteropClient } from '../clients/client.ts'
import { markdownTable, rowsOf } from '../lib/markdown-table.ts'
import { columns, differences, type Row } from './row.ts'

const introduction = `# Real clients

Clients that others wrote fetch the mailboxes of \`@pop3kit/mailbox\` from the mock (the persona \`strict\`) and leave the messages there
or delete them. \`pnpm interop\` tries them and holds this page against what it sees, and \`pnpm interop --update\` writes it. It takes
the clients that the machine has; of the others the machine's apt fetches the Debian packages, which are unpacked into .cache/ and not
installed. A client that cannot be had is reported as skipped, and what this page says of it stays.`

const legend = `- **in clear, STLS, implicit TLS**: the login that the client chose there, which is PASS, APOP, or a mechanism of AUTH.
- **when told**: the logins that it was told to use, and used.
- **walk-through, edge cases**: how many messages came out octet for octet as they went in, what the client does to every message apart.
  The others came out exactly as it is said below.
- **deletes, keeps**: after QUIT the maildrop was empty, or nothing was missing from it.
- **fetches again**: whether a second run takes what the first one has left on the server.`

export function documentOf(clients: readonly InteropClient[], rows: ReadonlyMap<string, Row>): string {
  const seen = clients.flatMap(({ name }) => rows.get(name) ?? [])
  return (
    [
      introduction,
      markdownTable(
        columns,
        seen.map((row) => columns.map((column) => row[column] ?? unknown)),
      ),
      legend,
      '## What each client does',
      ...clients.map(noteOn),
    ].join('\n\n') + '\n'
  )
}

/** The rows of the table in a page, by client. */
export function rowsIn(document: string): Map<string, Row> {
  return new Map(
    rowsOf(document).map(({ client = '', ...cells }) => {
      const known = Object.entries(cells).filter(([, cell]) => cell !== unknown)
      return [client, { ...Object.fromEntries(known), client }]
    }),
  )
}

/** What a page says that is not what was seen. Clients of other versions may do otherwise: that is no problem, and worth a word. */
export function disagreements(
  rows: readonly Row[],
  page: ReadonlyMap<string, Row>,
): { readonly problems: string[]; readonly remarks: string[] } {
  const problems: string[] = []
  const remarks: string[] = []
  for (const row of rows) {
    const said: Row = page.get(row.client) ?? { client: row.client }
    const differing = differences(row, said).map((difference) => `${row.client} ${row.version}: ${difference}`)
    const same = said.version === undefined || said.version === row.version
    if (same) problems.push(...differing)
    else remarks.push(...differing)
  }
  return { problems, remarks }
}

/** In the place of what nobody has tried. */
const unknown = '?'

function noteOn({ name, changes, alters = [], avoids, cannot = {} }: InteropClient): string {
  const code = (names: readonly string[]): string => names.map((word) => `\`${word}\``).join(', ')
  return [
    `### ${name}\n`,
    `- To every message: ${changes}.`,
    ...alters.map(({ messages, what }) => `- ${code(messages)}: ${what}.`),
    ...(avoids === undefined ? [] : [`- ${code([avoids.message])}: ${avoids.why}.`]),
    ...encryptions.flatMap((encryption) =>
      cannot[encryption] === undefined ? [] : [`- ${ways[encryption]}: ${cannot[encryption]}.`],
    ),
  ].join('\n')
}
