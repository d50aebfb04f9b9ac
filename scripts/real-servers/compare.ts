/**
 * Plays captured cases again, and says where the real server answers otherwise:
 * node scripts/real-servers/compare.ts SERVER CAPTURED.jsonl [PATTERN]
 */
import { capture } from './capture.ts'
import type { Case, Step } from './captured-case.ts'
import { answerChallenges } from './challenge.ts'
import { same } from './same.ts'
import { parseSelection } from './selection.ts'

/** Makes a case to play again out of a captured one: digests of challenges are to be made anew. */
export function playable(captured: Case): Case {
  let heard = ''
  const steps = captured.steps.map((step): Step => {
    heard += step.s ?? ''
    return step.c === undefined ? step : { ...step, c: withoutDigest(step.c, heard) }
  })
  // These say in their titles what others say in notes.
  const unsaid = unsaidNotes[captured.case]
  return { ...captured, steps: unsaid === undefined ? steps : steps.toSpliced(unsaid.at, 0, { note: unsaid.note }) }
}

const unsaidNotes: Readonly<Record<string, { at: number; note: string }>> = {
  'half-close-retr': { at: 2, note: 'client half-closes behind what it sends next' },
  'byte-by-byte': { at: 1, note: '(one octet a packet)' },
  'pop3s-plaintext': { at: 0, note: '(plain text to the implicit TLS port)' },
}

/** What {@link answerChallenges} makes digests of. */
const digests = ['alice wonderland', 'alice wrong', 'bob builder', 'nosuchuser wonderland'].flatMap((account) => {
  const [, password] = account.split(' ')
  const sasl = ['cram-md5', 'cram-sha1', 'cram-sha256', 'scram-sha-1', 'scram-sha-256']
  return [...sasl.map((mechanism) => `<${mechanism} ${account}>`), `<apop ${password}>`, `<APOP ${password}>`]
})

function withoutDigest(c: string, heard: string): string {
  if (!/^\+ |</m.test(heard)) return c
  for (const digest of digests) {
    const answer = answerChallenges(digest, heard)
    if (c.includes(answer)) return c.replace(answer, digest)
  }
  return c
}

/** Says where two captures of a case differ first, or nothing. */
export function difference(expected: Case, actual: Case | undefined): string | undefined {
  const ours = actual === undefined ? [] : answers(actual)
  for (const [index, answer] of answers(expected).entries()) {
    if (answer !== ours[index]) return `${excerpt(ours[index] ?? 'nothing')} instead of ${excerpt(answer)}`
  }
  return undefined
}

/** What was said in answer to each thing that was done, with how the connection ended. */
function answers({ steps }: Case): string[] {
  const found: { s: string; rest: string }[] = []
  let isNew = true
  for (const { session = '', s, closed = '' } of steps) {
    if (s !== undefined) {
      const before = isNew ? '' : (found.pop()?.s ?? '')
      found.push({ s: before + s, rest: `${closed}${session}` })
    }
    isNew = s === undefined
  }
  return found.map(({ s, rest }) => same(s) + rest)
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 160 ? `${text.slice(0, 100)}...${text.slice(-50)}` : text)
}

if (import.meta.main) {
  const { name, cases } = parseSelection(process.argv.slice(2))
  const again = await capture(name, cases.map(playable))
  const differences = cases.flatMap((one, index) => {
    const found = difference(one, again[index])
    return found === undefined ? [] : [`${one.case}: ${found}`]
  })
  for (const line of differences) console.log(line)
  console.log(`${name}: ${cases.length - differences.length} of ${cases.length} cases are answered as captured`)
  process.exitCode = differences.length === 0 ? 0 : 1
}
