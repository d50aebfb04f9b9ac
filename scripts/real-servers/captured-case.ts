/**
 * Cases: a case is a line of JSON, docs/real-servers.md has the format. What a client does is in `c` and `note`; a capture adds what
 * the server said.
 */
import { readFileSync } from 'node:fs'

export interface Case {
  readonly case: string
  readonly state: 'AUTHORIZATION' | 'TRANSACTION'
  readonly title: string
  readonly steps: readonly Step[]
}

/** Texts are Latin-1: a character is an octet. A step has one of `c`, `s` and `note`. */
export interface Step {
  /** The connection, where a case has several. */
  readonly session?: string
  /** What the client sends. */
  readonly c?: string
  /** What the server answers. */
  readonly s?: string
  /** The seconds from what was sent to the last octet of the answer; `null` when there was none. */
  readonly t?: number | null
  readonly closed?: Closing
  /** The seconds for which nothing came. */
  readonly noReplyWithin?: number
  /** What was done besides. */
  readonly note?: string
}

/** How the server ended a connection. */
export type Closing = 'closed' | 'reset'

export function readCases(file: string): Case[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line): Case => JSON.parse(line))
}
