/** docs/conformance.md, written from the requirements, the checks, the tests that cite them, and the columns. */
import type { CheckDescription } from '@pop3kit/conformance'
import { markdownTable } from '../lib/markdown-table.ts'
import { outcomeOf, type Column } from './column.ts'
import type { Requirement } from './requirements.ts'

export interface Facts {
  readonly requirements: readonly Requirement[]
  readonly checks: readonly CheckDescription[]
  /** The test files by the numbers that they cite. */
  readonly citations: ReadonlyMap<number, readonly string[]>
  /** By the names of the servers. */
  readonly columns: Readonly<Record<string, Column>>
}

const introduction = `# Conformance

What the RFCs ask of a POP3 server and of a client, where the kit shows it, and what servers do. The columns come from
[\`pop3kit check\`](checking-a-server.md): of \`strict\`, the mock as it is, anew with every run of CI; of the others from Debian's packages
with their own settings, when \`pnpm conformance --update\` ran, which starts each on loopback, checks it, and writes this page.
\`pnpm conformance\` holds this page against what it sees, and \`pnpm conformance --page\` writes it out of what is known.

- **pass**, **fail**: what the checks of the requirement came to; one that fails is enough.
- **not offered**: the server does not claim to do it, and need not.
- **not testable**: nobody can tell with these seven messages.
- A requirement without outcomes is one of clients, or says why nothing checks it.`

const placesNote = `Checks by their names, as \`pop3kit check --only\` takes them; tests of the kit by their files, where no check tells.`

export function documentOf(facts: Facts): string {
  const failures = ['## What fails', ...failuresOf(facts)]
  const places = ['## Where it is shown', placesNote, placesOf(facts)]
  return `${[introduction, tableOf(facts), ...failures, ...places].join('\n\n')}\n`
}

/** What nothing shows: no check, no test, and no word why. */
export function unshown({ requirements, checks, citations }: Facts): string[] {
  return requirements
    .filter(({ number, note }) => note === undefined && !citations.has(number) && checksOf(number, checks).length === 0)
    .map(({ number, words }) => `R${number} (${words}) has neither a check nor a test that cites it`)
}

const checksOf = (number: number, checks: readonly CheckDescription[]): readonly CheckDescription[] =>
  checks.filter(({ requirement }) => requirement === `R${number}`)

function tableOf({ requirements, checks, columns }: Facts): string {
  const rows = requirements.map(({ number, section, side, words }) => [
    `R${number}`,
    section,
    side,
    words,
    ...Object.values(columns).map((column) => outcomeOf(number, checks, column) ?? ''),
  ])
  return markdownTable(['', 'RFC', 'who', 'what', ...Object.keys(columns)], rows)
}

function failuresOf({ checks, columns }: Facts): string[] {
  return Object.entries(columns).map(([name, { greeting, checks: found }]) => {
    const lines = checks.flatMap(({ requirement, id, title }) => {
      const { outcome, reason = '' } = found[id] ?? {}
      return outcome === 'fail' ? [`- ${requirement} \`${id}\`: ${title}. ${code(reason)}`] : []
    })
    // The timestamp is another one in every greeting (R20).
    const shown = code(greeting.replace(/<.*>/, '<...>'))
    return `### ${name}\n\n${shown}\n\n${lines.length === 0 ? 'Nothing.' : lines.join('\n')}`
  })
}

/** Text of a server, which Markdown is to leave alone. */
const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text.trimEnd()}\``)

function placesOf(facts: Facts): string {
  return facts.requirements.map((requirement) => `- R${requirement.number}: ${placeOf(requirement, facts)}`).join('\n')
}

/** Checks for servers; for clients, and where there is no check, the tests that cite the number. */
function placeOf({ number, side, note }: Requirement, { checks, citations }: Facts): string {
  const ids = checksOf(number, checks).map(({ id }) => `\`${id}\``)
  const files = citations.get(number) ?? []
  const shown = files.filter((file) => ids.length === 0 || (side !== 'server' && !file.startsWith('packages/server/')))
  const places = [...ids, ...shown.map(shortened)].join(', ')
  return note === undefined ? places : [places, note].filter((part) => part !== '').join('; ')
}

/** `packages/server/src/commands/apop.test.ts` is `server/commands/apop`. */
const shortened = (file: string): string =>
  file
    .replace(/^packages\//, '')
    .replace('/src/', '/')
    .replace('.test.ts', '')
