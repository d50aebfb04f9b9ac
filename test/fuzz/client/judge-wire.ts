/** What the client gives is what the server said to that very command, and it takes in no more than it can use. */
import type { Account, Claim } from './account.ts'
import type { Tap } from './tap.ts'
import { type Said, read } from './wire.ts'

/** The most octets of one line that the client waits for the end of: those of a challenge. */
const longestLine = 65_536

/** The most pieces that come while nobody takes them: one is being read, and the one behind it says that it is too much. */
const pieces = 3

/** What was said on a connection. */
export function repliesOf({ heard, lines }: Tap): Said[] {
  return [...read(heard, lines, heard.includes('PIPELINING'))]
}

/** Says what the client has made up, and what it has hoarded of what comes in pieces of so many octets at most. */
export function* judgeWire(
  { claims, backlog }: Account,
  replies: readonly Said[],
  largestPiece: number,
): Generator<string> {
  const most = pieces * largestPiece
  if (claims.length > 0 && replies[0]?.status !== '+OK') yield 'the client goes on, and was not greeted'
  for (const claim of claims) {
    if (replies.some((said) => isClaimed(said, claim))) continue
    yield `the server has not said to ${claim.request} what the client gives: ${JSON.stringify(claim).slice(0, 300)}`
  }
  if (backlog > most) yield `the client has read ${backlog} octets ahead of a consumer that was away`
  const last = replies.at(-1)
  // A message may be of any size.
  if (last === undefined || last.isWhole || /^(?:RETR|TOP)/.test(last.request)) return
  if (last.octets > longestLine + most)
    yield `the client has taken ${last.octets} octets for a reply to "${last.request}"`
}

function isClaimed({ request, status, body, rows, isWhole }: Said, claim: Claim): boolean {
  if (status !== '+OK') return false
  if (claim.request === 'login') return /^(?:response|PASS|APOP|AUTH)/.test(request)
  if (claim.request !== request) return false
  if (claim.isPart === true) return body.startsWith(claim.body ?? '')
  if (!isWhole || (claim.body !== undefined && claim.body !== body)) return false
  return claim.rows === undefined || (isListing(claim.rows, rows) && isAbout(claim.rows, request))
}

/** Whether these are the rows, whatever blanks are in them and whatever stands behind two numbers. */
function isListing(rows: readonly string[], said: readonly string[]): boolean {
  return rows.length === said.length && rows.every((row, index) => isRow(row, said[index] ?? ''))
}

/** Whether the one row is about the message that it was asked for. */
function isAbout([row = '']: readonly string[], request: string): boolean {
  const [, number] = /^(?:LIST|UIDL) (\d+)$/.exec(request) ?? []
  return number === undefined || row.startsWith(`${number} `)
}

function isRow(row: string, said: string): boolean {
  const [, first, second = ''] = /^(\d+) (.*)$/s.exec(row) ?? []
  const [, number, rest = ''] = /^[ \t]*(\d+)[ \t]+(.*)$/s.exec(said) ?? []
  if (Number(number) !== Number(first)) return false
  return (
    rest === second ||
    utf8(rest) === second ||
    (/^\d+(?![^ \t])/.test(rest) && Number.parseInt(rest, 10) === Number(second))
  )
}

/** The client reads text as UTF-8 where it is that. */
const utf8 = (text: string): string => Buffer.from(text, 'latin1').toString()
