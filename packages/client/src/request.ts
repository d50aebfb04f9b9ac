/** A command on its way to the server: its octets, and its text as it may be shown (RFC 1939 section 3). */
import { encodeCommand, formatCommand, Pop3ArgumentError, redactCommand } from '@pop3kit/codec'

export interface Request {
  readonly octets: Uint8Array
  /** The command without its ending, `***` in the place of a secret. */
  readonly text: string
  /** What must not stand in an error. */
  readonly secrets: readonly string[]
}

/** A command with its arguments; `secrets` are what none of its errors may show. */
export function request(
  verb: string,
  args: readonly (string | number)[] = [],
  secrets: readonly string[] = [],
): Request {
  return { octets: encodeCommand(verb, ...args), text: redactCommand(formatCommand(verb, ...args)), secrets }
}

/** A command about a message, by its number (1 or more), perhaps with a number of lines (0 or more). */
export function messageRequest(verb: string, number?: number, lines?: number): Request {
  if (number !== undefined) check(verb, 'message number', number, 1)
  if (lines !== undefined) check(verb, 'number of lines', lines, 0)
  return request(
    verb,
    [number, lines].filter((argument) => argument !== undefined),
  )
}

function check(verb: string, what: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new Pop3ArgumentError(
    `Cannot send ${verb}: expected the ${what} to be an integer of ${least} or more, not ${value}`,
  )
}
