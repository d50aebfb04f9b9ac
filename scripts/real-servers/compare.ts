/** Plays captured cases again, and says where the real server answers otherwise: node scripts/real-servers/compare.ts SERVER CAPTURED.jsonl [PATTERN] */
import { createHash, createHmac } from 'node:crypto'
import { capture } from './capture.ts'
import type { Case, Step } from './captured-case.ts'
import { lastChallenge } from './challenge.ts'
import { users } from './maildrop.ts'
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

function withoutDigest(c: string, heard: string): string {
  const timestamp = /<[^>]*>/.exec(heard)?.[0] ?? ''
  const challenge = lastChallenge(heard) ?? ''
  for (const [user, password] of Object.entries(users)) {
    const apop = createHash('md5')
      .update(timestamp + password)
      .digest('hex')
    if (c.includes(apop)) return c.replace(apop, `<apop ${password}>`)
    if (c.includes(apop.toUpperCase())) return c.replace(apop.toUpperCase(), `<APOP ${password}>`)
    const digest = createHmac('md5', password).update(challenge).digest('hex')
    const cramMd5 = Buffer.from(`${user} ${digest}`).toString('base64')
    if (c.includes(cramMd5)) return c.replace(cramMd5, `<cram-md5 ${user} ${password}>`)
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
