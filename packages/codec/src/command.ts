/** A command line (RFC 1939 section 3): a keyword, and perhaps arguments behind one SP. */
import { Pop3ArgumentError } from './errors.ts'
import { breaksLine, decodeText, encodeText, upperCaseAscii } from './octets.ts'

/** A command as a client sent it. */
export interface Command {
  /** The keyword in upper case (R2); empty when the line has none. */
  readonly verb: string
  /** Everything behind the first separator, spaces included (R19: they may be part of a password), or `undefined`. */
  readonly argument: string | undefined
  /** The line as it came, without its ending. */
  readonly octets: Uint8Array
  /** Octets from the start of the stream to the first octet of the line. */
  readonly offset: number
}

/** How a keyword is told from its argument. */
export interface CommandOptions {
  /**
   * `strict`: the keyword ends at the first SP (R3). `lenient`: SP and TAB before the keyword are skipped, and either
   * of them ends it.
   * @defaultValue `'strict'`
   */
  readonly blanks?: 'strict' | 'lenient' | undefined
}

const GRAMMAR = {
  strict: /^(?<verb>[^ ]*)(?: (?<argument>.*))?$/s,
  lenient: /^[ \t]*(?<verb>[^ \t]*)(?:[ \t](?<argument>.*))?$/s,
}

/**
 * Parses a command line. It never throws: what the command means, and whether there is such a one, is the server's to say.
 *
 * @param line - the line without its ending
 * @param options - how blanks are read
 * @param offset - where in the stream the line begins, in octets
 *
 * @example Keep the spaces of a password
 * ```ts
 * import assert from 'node:assert/strict'
 * import { encodeText, parseCommand } from '@pop3kit/codec'
 *
 * const { verb, argument } = parseCommand(encodeText('pass open  sesame '))
 * assert.equal(verb, 'PASS')
 * assert.equal(argument, 'open  sesame ')
 * ```
 */
export function parseCommand(line: Uint8Array, { blanks = 'strict' }: CommandOptions = {}, offset = 0): Command {
  const { verb = '', argument } = GRAMMAR[blanks].exec(decodeText(line))?.groups ?? {}
  return { verb: upperCaseAscii(verb), argument, octets: line, offset }
}

/**
 * Formats a command line, without its ending.
 *
 * @throws {@link Pop3ArgumentError} when the keyword or an argument holds a CR, LF or NUL. An argument is named by its
 * position and never quoted, because it may be a secret.
 *
 * @example Format a command
 * ```ts
 * import assert from 'node:assert/strict'
 * import { formatCommand } from '@pop3kit/codec'
 *
 * assert.equal(formatCommand('TOP', 3, 5), 'TOP 3 5')
 * ```
 */
export function formatCommand(verb: string, ...args: readonly (string | number)[]): string {
  const words = [verb, ...args].map(String)
  const wrong = words.findIndex(breaksLine)
  if (wrong === 0) throw new Pop3ArgumentError('Cannot send the keyword: expected no CR, LF or NUL in it')
  if (wrong > 0) {
    throw new Pop3ArgumentError(`Cannot send argument ${wrong} of "${verb}": expected no CR, LF or NUL in it`)
  }
  return words.join(' ')
}

/**
 * Encodes a command line, its CRLF included.
 *
 * @throws {@link Pop3ArgumentError} as {@link formatCommand} does.
 *
 * @example Encode a command
 * ```ts
 * import assert from 'node:assert/strict'
 * import { decodeText, encodeCommand } from '@pop3kit/codec'
 *
 * assert.equal(decodeText(encodeCommand('RETR', 1)), 'RETR 1\r\n')
 * ```
 */
export function encodeCommand(verb: string, ...args: readonly (string | number)[]): Uint8Array {
  return encodeText(`${formatCommand(verb, ...args)}\r\n`)
}
