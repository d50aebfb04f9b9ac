/** Command lines without what is secret in them, for transcripts, events and errors. */

/**
 * What is secret, behind what is not: all of the argument of PASS, and what stands behind the first word of that of APOP and AUTH. More
 * blanks than one and octets that the server would refuse before the verb hide nothing.
 */
const SECRET = /^(?<shown>\W*(?:PASS[ \t]|(?:APOP|AUTH)[ \t]+[^ \t]+[ \t]+(?=[^ \t]))).*$/is

/**
 * A command line with its secrets as `***`: the password of PASS (RFC 1939 section 7), the digest of APOP, the initial response of AUTH
 * (RFC 5034). Anything else is given back as it is.
 *
 * @param line - the line as it was typed, without its ending; it may be unfinished
 *
 * @example Show a command line
 * ```ts
 * import assert from 'node:assert/strict'
 * import { redactCommand } from '@pop3kit/codec'
 *
 * assert.equal(redactCommand('pass open sesame'), 'pass ***')
 * assert.equal(redactCommand('APOP alice c4c9334bac560ecc979e58001b3e22fb'), 'APOP alice ***')
 * assert.equal(redactCommand('RETR 1'), 'RETR 1')
 * ```
 */
export function redactCommand(line: string): string {
  return line.replace(SECRET, '$<shown>***')
}
