/** A limit on time, as callers write it. */
import { type Duration, parseDuration, Pop3ArgumentError } from '@pop3kit/codec'

export const defaultTimeout = '60s'

/** What a timer can hold, in milliseconds (24.8 days): a longer one would go off at once. */
const longest = 2 ** 31 - 1

/** The milliseconds of a time limit. */
export function parseTimeout(timeout: Duration): number {
  const milliseconds = parseDuration(timeout)
  if (milliseconds > 0 && milliseconds <= longest) return milliseconds
  throw new Pop3ArgumentError(`Cannot use "${timeout}" as a timeout: expected more than 0 and at most ${longest} ms`)
}
