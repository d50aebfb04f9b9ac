/** What a server has said, read as RFC 1939 has it, in other words than the codec's: Latin-1 text. */

export interface Said {
  /** The command that it answers, `response` for a line of a SASL exchange, nothing for the greeting. */
  readonly request: string
  /** `+OK`, `-ERR` or `+`; nothing where there is no such line. */
  readonly status: string
  /** The lines of a multi-line reply, dot-stuffing undone, as far as they came; else what stands behind the status. */
  readonly body: string
  /** The same, line by line. */
  readonly rows: readonly string[]
  /** Whether it has come to its end. */
  readonly isWhole: boolean
  /** How many octets of it have come. */
  readonly octets: number
}

/** A line of a client, and how much it had heard when it said that. */
interface Line {
  readonly text: string
  readonly heard: number
}

/** Commands that `+OK` answers in several lines. */
const multiLine = /^(?:RETR|TOP|CAPA|LIST$|UIDL$|LANG$)/

/** A line of a body ends as the status line does (M7). */
const ways = {
  crlf: { end: /(?<=^|\r\n)\.\r\n/, stuffing: /(?<=^|\r\n)\./g, line: /\r\n/ },
  lf: { end: /(?<=^|\n)\.\r?\n/, stuffing: /(?<=^|\n)\./g, line: /\r?\n/ },
}

/**
 * Reads the greeting and one reply to each line that the client has sent, the last one perhaps not to its end. Where it waits for each
 * reply, none can begin ahead of the line that it answers (R65).
 */
export function* read(heard: string, lines: readonly Line[], isPipelined: boolean): Generator<Said> {
  let from = 0
  let isInExchange = false
  for (const line of [{ text: '', heard: 0 }, ...lines]) {
    if (from < line.heard && !isPipelined) return
    const said = readOne(heard.slice(from), isInExchange ? 'response' : line.text)
    yield said
    if (!said.isWhole) return
    isInExchange = said.status === '+'
    from += said.octets
  }
}

function readOne(heard: string, request: string): Said {
  const [line, status, text = ''] = /^(\+OK|-ERR|\+)(?: ([^\n]*?))?\r?\n/.exec(heard) ?? []
  if (line === undefined || status === undefined) {
    return { request, status: '', body: '', rows: [], isWhole: false, octets: heard.length }
  }
  if (status !== '+OK' || !multiLine.test(request)) {
    return { request, status, body: text, rows: [text], isWhole: true, octets: line.length }
  }
  const way = line.endsWith('\r\n') ? ways.crlf : ways.lf
  const behind = heard.slice(line.length)
  const end = way.end.exec(behind)
  const body = behind.slice(0, end?.index).replace(way.stuffing, '')
  return {
    request,
    status,
    body,
    rows: body.split(way.line).slice(0, -1),
    isWhole: end !== null,
    octets: end === null ? heard.length : line.length + end.index + end[0].length,
  }
}
