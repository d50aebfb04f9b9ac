/** The assertions as matchers: what `expect.extend()` of Vitest and Jest takes. */
import { closedCleanly } from './assertions/closed-cleanly.ts'
import { committedDeletes } from './assertions/committed-deletes.ts'
import { matchingTranscript } from './assertions/matching-transcript.ts'
import { type MessageMatcher, messages } from './assertions/messages.ts'
import { noOpenSessions } from './assertions/no-open-sessions.ts'
import type { AssertionOutcome, Negation } from './assertions/outcome.ts'
import {
  type CommandMatcher,
  type ReceivedCommandsOptions,
  receivedCommand,
  receivedCommands,
} from './assertions/received-commands.ts'
import { retrieved } from './assertions/retrieved.ts'

/** What `expect(server)`, `expect(server.sessions[0])` and `expect(server.maildrop('alice'))` can do. */
export interface Pop3Matchers<R> {
  /** A server or a session received this command: the line as it was typed, secrets as `***`, or a pattern for it. */
  toHaveReceivedCommand(command: CommandMatcher): R
  /**
   * A server or a session received these commands in this order. Others may come before, between and behind, unless `exactly` is true. Of
   * a server it is those of one session after those of the other.
   */
  toHaveReceivedCommands(commands: readonly CommandMatcher[], options?: ReceivedCommandsOptions): R
  /**
   * UPDATE removed exactly the messages with these unique-ids from a maildrop, in a session or on a server, in whatever order; without
   * a list: any. With `.not`: none of these; without a list: nothing at all.
   */
  toHaveCommittedDeletes(uids?: readonly string[]): R
  /** A maildrop holds so many messages, or exactly these in this order. */
  toHaveMessages(messages: number | readonly MessageMatcher[]): R
  /**
   * Exactly these messages went out whole, each octet and the terminator: by number or by unique-id, in whatever order, each as often as
   * it is named; without a list: any. With `.not`: none of these; without a list: nothing at all.
   */
  toHaveRetrieved(messages?: readonly (number | string)[]): R
  /** A session, or each session of a server, said QUIT and was answered `+OK`. */
  toHaveClosedCleanly(): R
  /** Every client of a server has closed its connection. One that has just done so is waited for: `await` it. */
  toHaveNoOpenSessions(): Promise<void>
  /**
   * The transcript of a server or a session is this text. `*` stands for anything within a line, a line `...` for any lines or none; lines
   * with `#` count only when the text has some. Indentation does not count.
   */
  toMatchTranscript(text: string): R
}

/** The matchers within others: `expect({ server }).toEqual({ server: expect.toHaveClosedCleanly() })`. What has to be awaited is not among them. */
export interface Pop3AsymmetricMatchers extends Omit<Pop3Matchers<void>, 'toHaveNoOpenSessions'> {}

/** A matcher, as `expect.extend()` takes one. */
type Matcher<Name extends keyof Pop3Matchers<void>, Outcome> = (
  this: Negation | void,
  subject: unknown,
  ...args: Parameters<Pop3Matchers<void>[Name]>
) => Outcome

/** The matchers, for an `expect.extend()` that is neither Vitest's nor Jest's: `/vitest`, `/jest` and `/jest-globals` do it for you. */
export const pop3Matchers: {
  readonly [Name in keyof Pop3Matchers<void>]: Matcher<
    Name,
    Name extends 'toHaveNoOpenSessions' ? Promise<AssertionOutcome> : AssertionOutcome
  >
} = {
  toHaveReceivedCommand: (subject, command) => receivedCommand(subject, command),
  toHaveReceivedCommands: (subject, commands, options) => receivedCommands(subject, commands, options),
  toHaveCommittedDeletes(subject, uids) {
    return committedDeletes(subject, uids, this ?? {})
  },
  toHaveMessages: (subject, expected) => messages(subject, expected),
  toHaveRetrieved(subject, expected) {
    return retrieved(subject, expected, this ?? {})
  },
  toHaveClosedCleanly: (subject) => closedCleanly(subject),
  toHaveNoOpenSessions: (subject) => noOpenSessions(subject),
  toMatchTranscript: (subject, text) => matchingTranscript(subject, text),
}
