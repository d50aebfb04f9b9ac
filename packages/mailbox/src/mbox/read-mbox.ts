/** Takes an mbox apart (RFC 4155 appendix A): a From_ line, a message, an empty line, and so on. */
import { type MboxDialect, hasLengths, unquoted } from './dialect.ts'
import { deliveryTime } from './from-line.ts'

/** A message of an mbox. */
export interface MboxEntry {
  /** Where its octets begin in the mbox, behind the From_ line. */
  readonly offset: number
  /** Its octets as they stand there. */
  readonly stored: Uint8Array
  /** Its octets, with nothing quoted: a view of the mbox where nothing was. */
  readonly content: Uint8Array
  /** When it was delivered, in milliseconds since the epoch, if the From_ line says so. */
  readonly arrivedAt: number | undefined
}

/** Told what cannot be read at an octet of the mbox. */
export type MboxRefusal = (offset: number, problem: string, expected: string) => void

/** From which octet to which a message stands in an mbox, and where the next From_ line begins. */
interface Extent {
  readonly end: number
  readonly next: number
}

const FROM = Buffer.from('From ')
const NEXT_FROM = Buffer.from('\nFrom ')
const LF = 0x0a
const CR = 0x0d

/**
 * The messages of an mbox. Without a dialect it is `mboxcl2` when the lengths lead from each From_ line to the next one and to the end,
 * and else `mboxrd`.
 */
export function readMbox(octets: Uint8Array, dialect: MboxDialect | undefined, refuse: MboxRefusal): MboxEntry[] {
  const mbox = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength)
  if (mbox.length > 0 && !startsFrom(mbox, 0)) {
    refuse(0, 'it does not begin with "From "', 'an mbox')
    return []
  }
  const spoken = dialect ?? (lengthsLeadThrough(mbox) ? 'mboxcl2' : 'mboxrd')
  const entries: MboxEntry[] = []
  for (let at = 0; at < mbox.length;) {
    const offset = lineEnd(mbox, at)
    const extent = hasLengths(spoken) ? extentByLength(mbox, offset, refuse) : undefined
    const { end, next } = extent ?? extentByFromLine(mbox, offset)
    const stored = octets.subarray(offset, end)
    const arrivedAt = deliveryTime(mbox.toString('latin1', at, offset))
    entries.push({ offset, stored, content: unquoted(stored, spoken), arrivedAt })
    at = next
  }
  return entries
}

function lengthsLeadThrough(mbox: Buffer): boolean {
  for (let at = 0; at < mbox.length;) {
    const extent = extentByLength(mbox, lineEnd(mbox, at))
    if (extent === undefined) return false
    at = extent.next
  }
  return true
}

function extentByFromLine(mbox: Buffer, start: number): Extent {
  // The first octet of a message may be the first of a From_ line: then the message is empty.
  let lf = mbox.indexOf(NEXT_FROM, start - 1)
  while (lf !== -1 && deliveryTime(mbox.toString('latin1', lf + 1, lineEnd(mbox, lf + 1))) === undefined) {
    lf = mbox.indexOf(NEXT_FROM, lf + 1)
  }
  const next = lf === -1 ? mbox.length : lf + 1
  return { end: next - emptyLineBefore(mbox, start, next), next }
}

function extentByLength(mbox: Buffer, start: number, refuse: MboxRefusal = () => undefined): Extent | undefined {
  const body = bodyOf(mbox, start)
  const header = mbox.toString('latin1', start, body)
  const field = /(?<![^\n])content-length[ \t]*:[ \t]*(\d+)[ \t]*(?=\r?\n)/i.exec(header)
  if (field === null) {
    refuse(start, 'this message has no Content-Length', 'one in each message')
    return undefined
  }
  const end = body + Number(field[1])
  const next = end + emptyLineAt(mbox, end)
  if (next === mbox.length || (next < mbox.length && startsFrom(mbox, next) && next > start)) return { end, next }
  refuse(
    start + field.index,
    `the Content-Length of ${field[1]} octets leads to octet ${end}`,
    'the next From_ line or the end there',
  )
  return undefined
}

/** Where the body begins: behind the first empty line, or at the end. */
function bodyOf(mbox: Buffer, start: number): number {
  let at = start
  while (at < mbox.length) {
    const empty = emptyLineAt(mbox, at)
    if (empty > 0) return at + empty
    at = lineEnd(mbox, at)
  }
  return mbox.length
}

const startsFrom = (mbox: Buffer, at: number): boolean =>
  mbox.subarray(at, at + FROM.length).equals(FROM) && (at === 0 || mbox[at - 1] === LF)

function lineEnd(mbox: Buffer, at: number): number {
  const lf = mbox.indexOf(LF, at)
  return lf === -1 ? mbox.length : lf + 1
}

/** The octets of the empty line that begins here, or 0. */
function emptyLineAt(mbox: Buffer, at: number): number {
  if (mbox[at] === LF) return 1
  return mbox[at] === CR && mbox[at + 1] === LF ? 2 : 0
}

/** The octets of the empty line that ends here, or 0: what stands between a message and the next From_ line. */
function emptyLineBefore(mbox: Buffer, start: number, end: number): number {
  if (mbox[end - 1] !== LF) return 0
  const length = mbox[end - 2] === CR && end - 2 >= start ? 2 : 1
  const before = end - length
  return before === start || (before > start && mbox[before - 1] === LF) ? length : 0
}
