/** The assertions as functions that throw, for node:test and whatever else knows `AssertionError`. */
import type { Maildrop, Pop3Server, SessionRecord } from '@pop3kit/server'
import { AssertionError } from 'node:assert'
import { closedCleanly } from './assertions/closed-cleanly.ts'
import { committedDeletes } from './assertions/committed-deletes.ts'
import { matchingTranscript } from './assertions/matching-transcript.ts'
import { type MessageMatcher, messages } from './assertions/messages.ts'
import { noOpenSessions } from './assertions/no-open-sessions.ts'
import type { AssertionOutcome } from './assertions/outcome.ts'
import {
  type CommandMatcher,
  type ReceivedCommandsOptions,
  receivedCommand,
  receivedCommands,
} from './assertions/received-commands.ts'
import { retrieved } from './assertions/retrieved.ts'

/** The assertion that was called: the stack begins where it was. */
type Caller = (...args: never[]) => unknown

function assertPass({ pass, message }: AssertionOutcome, caller: Caller): void {
  if (!pass) throw failure(message(), caller)
}

function assertNot({ pass, message }: AssertionOutcome, caller: Caller): void {
  if (pass) throw failure(message(), caller)
}

function failure(message: string, caller: Caller): AssertionError {
  return new AssertionError({ message, operator: caller.name, stackStartFn: caller })
}

/** A server or a session received this command: the line as it was typed, secrets as `***`, or a pattern for it. */
export function assertReceivedCommand(subject: Pop3Server | SessionRecord, command: CommandMatcher): void {
  assertPass(receivedCommand(subject, command), assertReceivedCommand)
}

/** A server or a session did not receive this command. */
export function assertNotReceivedCommand(subject: Pop3Server | SessionRecord, command: CommandMatcher): void {
  assertNot(receivedCommand(subject, command), assertNotReceivedCommand)
}

/** A server or a session received these commands in this order; others may come before, between and behind, unless `exactly` is true. */
export function assertReceivedCommands(
  subject: Pop3Server | SessionRecord,
  commands: readonly CommandMatcher[],
  options?: ReceivedCommandsOptions,
): void {
  assertPass(receivedCommands(subject, commands, options), assertReceivedCommands)
}

/** UPDATE removed exactly the messages with these unique-ids, in whatever order; without a list: any. */
export function assertCommittedDeletes(subject: Maildrop | SessionRecord | Pop3Server, uids?: readonly string[]): void {
  assertPass(committedDeletes(subject, uids), assertCommittedDeletes)
}

/** UPDATE removed none of the messages with these unique-ids; without a list: nothing at all. */
export function assertNotCommittedDeletes(
  subject: Maildrop | SessionRecord | Pop3Server,
  uids?: readonly string[],
): void {
  assertNot(committedDeletes(subject, uids, { isNot: true }), assertNotCommittedDeletes)
}

/** A maildrop holds so many messages, or exactly these in this order. */
export function assertMessages(maildrop: Maildrop, expected: number | readonly MessageMatcher[]): void {
  assertPass(messages(maildrop, expected), assertMessages)
}

/**
 * Exactly these messages went out whole, each octet and the terminator: by number or by unique-id, in whatever order, each as often as it
 * is named; without a list: any.
 */
export function assertRetrieved(
  subject: Pop3Server | SessionRecord | Maildrop,
  messages?: readonly (number | string)[],
): void {
  assertPass(retrieved(subject, messages), assertRetrieved)
}

/** None of these messages went out whole; without a list: none at all. */
export function assertNotRetrieved(
  subject: Pop3Server | SessionRecord | Maildrop,
  messages?: readonly (number | string)[],
): void {
  assertNot(retrieved(subject, messages, { isNot: true }), assertNotRetrieved)
}

/** A session, or each session of a server, said QUIT and was answered `+OK`. */
export function assertClosedCleanly(subject: Pop3Server | SessionRecord): void {
  assertPass(closedCleanly(subject), assertClosedCleanly)
}

/** Every client of a server has closed its connection. One that has just done so is waited for. */
export async function assertNoOpenSessions(server: Pop3Server): Promise<void> {
  assertPass(await noOpenSessions(server), assertNoOpenSessions)
}

/**
 * The transcript of a server or a session is this text. `*` stands for anything within a line, a line `...` for any lines or none; lines with
 * `#` count only when the text has some. Indentation does not count.
 */
export function assertTranscript(subject: Pop3Server | SessionRecord, text: string): void {
  assertPass(matchingTranscript(subject, text), assertTranscript)
}
