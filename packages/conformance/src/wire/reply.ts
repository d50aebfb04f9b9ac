/** A reply as it is on the wire: read leniently, so that a check can be strict about one thing and only that. */
import { concatOctets, decodeLatin1, parseResponseCode, type Line } from '@pop3kit/codec'

/** The first line of a reply. */
export interface RawReply {
  /** What it answers, fit to be shown: `"STAT"`, `the greeting`. */
  readonly to: string
  /** The line as it came. */
  readonly raw: Line
  /** The line without its ending, a character an octet. */
  readonly line: string
  /** Whether it begins with `+OK`, in any case. */
  readonly ok: boolean
  /** Whether it begins with `-ERR`, in any case. */
  readonly err: boolean
  /** What stands after the status indicator. */
  readonly text: string
  /** The response code in the text, if it begins with one. */
  readonly code: string | undefined
}

export function readReply(raw: Line, to: string): RawReply {
  const line = decodeLatin1(raw.octets)
  const [, status = '', text = ''] = /^(\+OK|-ERR)?(?: (.*)|.*)$/is.exec(line) ?? []
  const indicator = status.toUpperCase()
  return { to, raw, line, ok: indicator === '+OK', err: indicator === '-ERR', text, code: parseResponseCode(text).code }
}

/** What follows the first line of a multi-line reply. */
export interface RawBody {
  /** What it answers, fit to be shown. */
  readonly to: string
  /** The lines as they are on the wire, without the terminator. */
  readonly lines: readonly Line[]
  /** The line that ends it. */
  readonly terminator: Line
}

const DOT = 0x2e
const CRLF = Uint8Array.of(0x0d, 0x0a)
const LF = CRLF.subarray(1)

/** A line without the dot that was stuffed before it (RFC 1939 section 3). */
function unstuffed({ octets }: Line): Uint8Array {
  return octets[0] === DOT ? octets.subarray(1) : octets
}

/** The body as octets: unstuffed, line ends as they came. */
export function bodyOctets({ lines }: RawBody): Uint8Array {
  return concatOctets(lines.flatMap((line) => [unstuffed(line), line.ending === 'crlf' ? CRLF : LF]))
}

/** The lines of a body as text, unstuffed, a character an octet. */
export function bodyText({ lines }: RawBody): string[] {
  return lines.map((line) => decodeLatin1(unstuffed(line)))
}
