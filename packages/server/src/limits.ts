/** What a server takes at most, whatever the persona allows: no client can make it hold more. */
import { Pop3ArgumentError } from '@pop3kit/codec'

/** What a server takes at most. */
export interface ServerLimits {
  /** Sessions at a time; one more is greeted with `-ERR [SYS/TEMP]` and closed. @default {10000} */
  readonly sessions?: number | undefined
  /** Octets of commands that wait to be carried out; a client that sends more is not read until they are. @default {65536} */
  readonly waitingOctets?: number | undefined
  /** Octets of one response in a SASL exchange, in base64 and with its line end; a longer one is refused (R81). @default {65536} */
  readonly responseOctets?: number | undefined
  /**
   * Octets of each reply that the record of a session keeps; `Infinity` for all of them, so that the transcript of long replies, too, can be
   * replayed. @default {16384}
   */
  readonly recordedOctets?: number | undefined
}

/** All limits. */
export type Limits = { readonly [Name in keyof ServerLimits]-?: number }

const defaults: Limits = { sessions: 10_000, waitingOctets: 65_536, responseOctets: 65_536, recordedOctets: 16_384 }

/** @throws {Pop3ArgumentError} When a limit is neither a whole number from 1 up nor `Infinity`. */
export function limitsOf(given: ServerLimits = {}): Limits {
  const limit = (name: keyof Limits): number => {
    const value = given[name] ?? defaults[name]
    if ((Number.isSafeInteger(value) && value >= 1) || value === Infinity) return value
    throw new Pop3ArgumentError(
      `Cannot use ${value} as the limit "${name}": expected a whole number, 1 or more, or Infinity`,
    )
  }
  return {
    sessions: limit('sessions'),
    waitingOctets: limit('waitingOctets'),
    responseOctets: limit('responseOctets'),
    recordedOctets: limit('recordedOctets'),
  }
}
