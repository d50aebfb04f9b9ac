/** Whether what was said is as a text says, with room for what is not known. */
import { SubjectError } from '../errors.ts'
import { checkOne, isText } from '../expectation.ts'
import { isServer, isSession, known } from '../subject.ts'
import { messageOf } from '../text/message.ts'
import type { Row } from '../text/side-by-side.ts'
import { stableTranscript } from '../text/stable-transcript.ts'
import type { AssertionOutcome } from './outcome.ts'

/** The line that stands for any lines, or for none. */
const anyLines = '...'

/**
 * Whether a transcript is this text. `*` stands for anything within a line, a line `...` for any lines or none. Lines that begin with
 * `#` count only when the text has some.
 */
export function matchingTranscript(subject: unknown, text: string): AssertionOutcome {
  const about = known('the transcript', subject, ['server', 'session'])
  if (!isServer(subject) && !isSession(subject))
    throw new SubjectError('the transcript', subject, ['server', 'session'])
  checkOne(text, isText, 'a transcript as text')
  const expected = linesOf(text)
  const withRemarks = expected.some(isRemark)
  const received = linesOf(stableTranscript(subject)).filter((line) => withRemarks || !isRemark(line))
  const rows = align(expected, received)
  const pass = rows.every(({ differs }) => differs !== true)
  return {
    pass,
    message: () =>
      messageOf(about, { headline: `Expected the transcript of ${about.name} ${pass ? 'not ' : ''}to match`, rows }),
  }
}

const isRemark = (line: string): boolean => line.startsWith('#')

/** The lines without their common surroundings: indentation, and what a template literal has before and behind. */
const linesOf = (text: string): string[] =>
  text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trim())

function patternOf(line: string): RegExp {
  const pieces = line.split('*').map((piece) => piece.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${pieces.join('.*')}$`)
}

/** Each expected line beside the one it matches; the first that differs is marked. */
function align(expected: readonly string[], received: readonly string[]): Row[] {
  const rows: Row[] = []
  let at = 0
  const segments = segmentsOf(expected)
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1
    const place =
      index === 0 ? 0 : placeOf(segment, received, isLast ? Math.max(at, received.length - segment.length) : at)
    if (index > 0) {
      const [first, ...others] = received.slice(at, place)
      rows.push({ expected: anyLines, received: first }, ...others.map((line) => ({ received: line })))
    }
    at = place + segment.length
    const end = isLast ? received.length : at
    const compared = together(segment, received.slice(place, Math.max(at, end)))
    const wrong = compared.findIndex(({ differs }) => differs === true)
    rows.push(...compared.map((row, line) => ({ ...row, differs: line === wrong })))
    if (wrong !== -1) return rows
  }
  return rows
}

/** The lines between those that stand for any lines. */
function segmentsOf(expected: readonly string[]): string[][] {
  const segments: string[][] = [[]]
  for (const line of expected) {
    if (line === anyLines) segments.push([])
    else segments.at(-1)?.push(line)
  }
  return segments
}

/** Where all lines of a segment match, from a place on; if nowhere, where most of its first lines do. */
function placeOf(segment: readonly string[], received: readonly string[], from: number): number {
  let best = { place: from, count: -1 }
  for (let place = from; place <= received.length; place += 1) {
    const wrong = segment.findIndex((line, index) => !matches(line, received[place + index]))
    if (wrong === -1) return place
    if (wrong > best.count) best = { place, count: wrong }
  }
  return best.place
}

const matches = (line: string, received: string | undefined): boolean =>
  received !== undefined && patternOf(line).test(received)

/** One by one. */
function together(expected: readonly string[], received: readonly string[]): Row[] {
  return Array.from({ length: Math.max(expected.length, received.length) }, (_, index) => {
    const [line, other] = [expected[index], received[index]]
    return { expected: line, received: other, differs: line === undefined || !matches(line, other) }
  })
}
