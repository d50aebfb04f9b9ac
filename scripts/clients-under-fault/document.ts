/** docs/clients-under-fault.md, written from what was seen. */
import { markdownTable, rowsOf } from '../lib/markdown-table.ts'
import { clients } from './clients.ts'
import { differences } from './differences.ts'
import { faultsByTable, type Fault, type FaultName } from './faults.ts'
import { measured, measuredHere } from './measured.ts'
import { ownOutcomes } from './own-client.ts'

/** What was seen of a client, by fault, and its version. */
export type Row = Readonly<Partial<Record<FaultName | 'version', string>>>

const introduction = `# Real clients under fault

Clients that others wrote fetch a mailbox from the mock while it plays a fault; each fault is a [scenario](scenarios.md) in
\`fixtures/scenarios/clients-under-fault/\`. \`pnpm clients-under-fault\` puts those under fault that the machine has, or Debian has for it, and
fails where one comes to something else than this page says; \`--update\` writes the page, and \`--client curl --fault drip\` tries less. What
is expected was measured before, with another server: [what is different](#what-is-different) is below.

- **ok**: the client has all seven messages whole and says that all is well (exit status 0). **grumbles**: and it prints something.
- **SILENT**: it says that all is well, prints nothing, and mail is lost or damaged. **exit 0, prints a line**: it prints something.
- **error**: it says that something is wrong. **leaves 4 cut short**: the half of message 4 is there as if it were mail.
- **hangs**: neither side says anything any more, and it waits; it was ended after 10 s of silence. Clients that can be given a time limit had one
  of 60 s. **SPINS at 100 % CPU**: it is as silent, and does not wait.
- **NEVER SETTLES**: a promise is never kept. Node ends since there is nothing left to do; a service would wait for ever.
- **curl** has a process for each message, **curl, one for all** one. **fetchmail** fetches all, **fetchmail, uidl** what it has not seen, by TOP; that
  one was not measured before.
- The last line of each table is our own client, with the code of the error (\`test/clients-under-fault.test.ts\`).

Line ends do not count, nor a dot that was stuffed in and left there, as node-pop3 and yapople leave it with every server. The message of
\`latin1\` is not UTF-8, for \`drip\` there are two short ones, and for \`split-crlf\` the third and the fourth.`

const ownClient = '@pop3kit/client'

/** @param machine what the page was made on */
export function documentOf(faults: readonly Fault[], rows: ReadonlyMap<string, Row>, machine: string): string {
  const tables = Object.entries(faultsByTable).map(([title, names]) => {
    const list = names.map((name) => {
      const sentence = faults.find((fault) => fault.name === name)?.title ?? ''
      return `- [${name}](../fixtures/scenarios/clients-under-fault/${name}.yaml): ${sentence}.`
    })
    const cells = clients.map(({ name: client }) => [
      client,
      ...names.map((fault) => rows.get(client)?.[fault] ?? unknown),
    ])
    const own = [ownClient, ...names.map((fault) => ownOutcomes[fault] ?? 'ok')]
    return `## ${title}\n\n${list.join('\n')}\n\n${markdownTable(['client', ...names], [...cells, own])}`
  })
  const elsewhere = clients.filter(({ name }) => !measuredHere.has(name))
  const versions = clients.map(({ name }) => [name, rows.get(name)?.version ?? unknown])
  return `${[
    introduction,
    ...tables,
    '## What is different',
    `Of ${elsewhere.length * faults.length} cases, all but these came to what was measured with the other server.`,
    differences.map(explanation).join('\n'),
    '## Versions',
    markdownTable(['client', 'version'], versions),
    `${madeOn}${machine}.`,
    'Next: [Real clients](interop.md).',
  ].join('\n\n')}\n`
}

/** In the place of what nobody has seen. */
const unknown = '?'
const madeOn = 'Made on '

function explanation({ fault, client, seen, why }: (typeof differences)[number]): string {
  return `- \`${fault}\`, ${client}: "${seen}" instead of "${measured[fault][client] ?? 'ok'}". ${why[0]?.toUpperCase()}${why.slice(1)}.`
}

/** What a page says was seen, by client. */
export function rowsIn(page: string): Map<string, Row> {
  const rows = new Map<string, Row>()
  for (const { client = '', ...cells } of rowsOf(page)) {
    const known = Object.entries(cells).filter(([, cell]) => cell !== unknown)
    if (client !== ownClient) rows.set(client, { ...rows.get(client), ...Object.fromEntries(known) })
  }
  return rows
}

/** What a page was made on. */
export function machineIn(page: string): string {
  return new RegExp(`^${madeOn}(.*)\\.$`, 'm').exec(page)?.[1] ?? unknown
}
