/** Reads replies (RFC 1939 section 3), in other words than the codec's. */

export interface Heard {
  readonly status: string
  readonly line: string
  /** The lines of a multi-line reply, as octets, dot-stuffing taken away. */
  readonly body: string | undefined
}

/**
 * A bare CR ends nothing: some servers repeat one of a command that they do not know. Where a handshake came to nothing, an alert of TLS
 * may come before.
 */
// oxlint-disable-next-line eslint/no-control-regex -- TLS speaks in octets
const statusLine = /^(?:\x15\x03.\0\x02..)?(\+OK|-ERR|\+)(?: (?:[^\r\n]|\r(?!\n))*)?\r\n/s

/**
 * Verbs to which `+OK` begins a multi-line reply, and those of which some do, which is the server's to say. A line that may be a secret is
 * recorded as `***`, and may be any of them to a server that stops at a NUL.
 */
const multiLine = new Set(['RETR', 'TOP', 'CAPA'])
const perhapsMultiLine = new Set(['LIST', 'UIDL', 'LANG', 'AUTH', '***'])

/**
 * Reads what the server said to one command, and perhaps to lines behind it that were no commands.
 *
 * @throws When it is not well-formed.
 */
export function readReplies(octets: string, verb: string): Heard[] {
  const replies: Heard[] = []
  for (let rest = octets; rest !== '';) {
    const [line, status = ''] = statusLine.exec(rest) ?? []
    if (line === undefined) throw new Error(`no reply begins with ${JSON.stringify(rest.slice(0, 80))}`)
    rest = rest.slice(line.length)
    const hasBody = multiLine.has(verb) || (perhapsMultiLine.has(verb) && rest !== '' && !statusLine.test(rest))
    const stuffed = status === '+OK' && replies.length === 0 && hasBody ? stuffedBody(rest) : undefined
    replies.push({ status, line, body: stuffed?.replaceAll(/(?<=^|\r\n)\./g, '') })
    if (stuffed !== undefined) rest = rest.slice(stuffed.length + '.\r\n'.length)
  }
  return replies
}

/** What comes before the terminator. */
function stuffedBody(text: string): string {
  const stuffed = text.startsWith('.\r\n') ? '' : text.slice(0, text.indexOf('\r\n.\r\n') + 2)
  if (!text.slice(stuffed.length).startsWith('.\r\n')) throw new Error('a multi-line reply without an end')
  if (/(?<!\r)\n/.test(stuffed)) throw new Error('a multi-line reply with a bare LF')
  if (/(?<=^|\r\n)\.(?!\.)/.test(stuffed)) throw new Error('a multi-line reply with a dot that is not stuffed')
  return stuffed
}
