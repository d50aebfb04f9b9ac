/** Command lines without what is secret in them, for transcripts, events and errors. */

/** Verbs whose argument is secret: all of it, or from a certain word on. */
const secretFrom: Readonly<Record<string, number>> = { PASS: 0, APOP: 1, AUTH: 1 }

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
  const [, head = '', verb = '', argument = ''] = /^([ \t]*(\w+)[ \t])(.*)$/s.exec(line) ?? []
  const from = secretFrom[verb.toUpperCase()]
  if (from === undefined) return line
  const kept = argument
    .split(/(?<=[ \t])/)
    .slice(0, from)
    .join('')
  return kept === argument && from > 0 ? line : `${head}${kept}***`
}
