/** What the kinds of commands say about the lines around them. */

/** The keywords of RFC 1939, 2449, 2595, 5034 and 6856, and those of old that clients still try. */
const known: ReadonlySet<string> = new Set(
  (
    'USER PASS APOP AUTH CAPA STLS UTF8 LANG STAT LIST UIDL RETR TOP DELE NOOP RSET LAST QUIT ' +
    'RPOP XTND XCLIENT XOIP XSENDER HELP'
  ).split(' '),
)

/** Those with a body behind every positive reply, and those with one when no argument is given. */
const multiLine: ReadonlySet<string> = new Set(['RETR', 'TOP', 'CAPA'])
const listing: ReadonlySet<string> = new Set(['LIST', 'UIDL', 'AUTH', 'LANG'])

/** The keyword of a line, in upper case. */
export const verbOf = (line: string): string => (/^\S*/.exec(line)?.[0] ?? '').toUpperCase()

/** Whether a line begins with a keyword that a POP3 server may know. */
export const isCommand = (line: string): boolean => known.has(verbOf(line))

/** Whether a positive reply to a command has a body and a terminator. */
export function hasBody(line: string): boolean {
  const verb = verbOf(line)
  return multiLine.has(verb) || (listing.has(verb) && !/^\S+[ \t]+\S/.test(line))
}

/** Whether the lines behind a positive reply to a command are those of a message. */
export const hasMessage = (line: string): boolean => ['RETR', 'TOP'].includes(verbOf(line))

/** Whether a line of the server asks for a line of a SASL exchange (RFC 5034 section 4). */
export const isChallenge = (line: string): boolean => /^\+(?:[ \r\n]|$)/.test(line)
