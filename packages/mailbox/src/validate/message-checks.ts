/** What may be wrong with the octets of a message (RFC 5322, RFC 2045): it is served as it is, but mail is not like that. */

/** Something that is not as it should be. */
export interface Flaw {
  /** Where it is first, in octets of the message from 0. */
  readonly offset: number
  /** How often it is. */
  readonly count: number
  /** What is there, in words. */
  readonly problem: string
  /** What was expected instead, in words. */
  readonly expected: string
}

/** A message as text, one character an octet, and where its body begins. */
interface Text {
  readonly whole: string
  readonly header: string
  readonly body: string
}

/** A check: places where something is wrong, and what is. */
interface Check {
  readonly problem: string
  readonly expected: string
  readonly places: (text: Text) => Iterable<number>
}

const longestLine = 998

const checks: readonly Check[] = [
  {
    problem: 'a NUL',
    expected: 'none (RFC 5322 section 4)',
    places: ({ whole }) => matches(whole, /\0/g),
  },
  {
    problem: 'a bare LF among lines that end with CRLF',
    expected: 'line ends of one kind (RFC 5322 section 2.1)',
    places: ({ whole }) => (whole.includes('\r\n') ? matches(whole, /(?<!\r)\n/g) : []),
  },
  {
    problem: 'a bare CR',
    expected: 'CR only before LF (RFC 5322 section 2.2)',
    places: ({ whole }) => matches(whole, /\r(?!\n)/g),
  },
  {
    problem: `a line of more than ${longestLine} octets`,
    expected: 'shorter ones (RFC 5322 section 2.1.1)',
    places: ({ whole }) => longLines(whole),
  },
  {
    problem: 'no header',
    expected: 'one (RFC 5322 section 2.2)',
    places: ({ header }) => (header === '' ? [0] : []),
  },
  {
    problem: 'a line of the header that is no field: it has no name and colon',
    expected: 'a name, a colon and a value, or a line that goes on with a space (RFC 5322 section 2.2)',
    places: ({ header }) => matches(header, /(?<![^\n])(?![!-9;-~]+[ \t]*:|(?<=\n)[ \t])(?=[^\r\n])/g),
  },
  {
    problem: 'an octet beyond ASCII in the header that is not UTF-8',
    expected: 'an encoded word (RFC 2047), or UTF-8 (RFC 6532)',
    places: ({ header }) => (isUtf8(header) ? [] : matches(header, /[\x80-\xff]/)),
  },
  {
    problem: 'octets beyond ASCII in a message that is not MIME',
    expected: 'the field MIME-Version (RFC 2045 section 4)',
    places: ({ whole, header, body }) =>
      /(?<![^\n])mime-version[ \t]*:/i.test(header) ? [] : matches(body, /[\x80-\xff]/, whole.length - body.length),
  },
]

/** All that is wrong with a message; of each kind the first place. */
export function flawsOf(message: Uint8Array): Flaw[] {
  const whole = Buffer.from(message.buffer, message.byteOffset, message.byteLength).toString('latin1')
  const text = { whole, ...partsOf(whole) }
  return checks.flatMap(({ problem, expected, places }) => {
    const [offset, ...others] = places(text)
    return offset === undefined ? [] : [{ offset, count: 1 + others.length, problem, expected }]
  })
}

/** The header, and what is behind the empty line that ends it. */
function partsOf(whole: string): Pick<Text, 'header' | 'body'> {
  if (/^\r?\n/.test(whole)) return { header: '', body: whole.replace(/^\r?\n/, '') }
  const end = /\n\r?\n/.exec(whole)
  if (end === null) return { header: whole, body: '' }
  return { header: whole.slice(0, end.index + 1), body: whole.slice(end.index + end[0].length) }
}

function* matches(text: string, found: RegExp, from = 0): Generator<number> {
  if (found.global) for (const { index } of text.matchAll(found)) yield from + index
  else {
    const index = text.search(found)
    if (index !== -1) yield from + index
  }
}

function* longLines(text: string): Generator<number> {
  for (let start = 0; start < text.length;) {
    const lf = text.indexOf('\n', start)
    const next = lf === -1 ? text.length : lf + 1
    const end = lf === -1 ? text.length : lf - (text[lf - 1] === '\r' ? 1 : 0)
    if (end - start > longestLine) yield start
    start = next
  }
}

function isUtf8(text: string): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'))
    return true
  } catch {
    return false
  }
}
