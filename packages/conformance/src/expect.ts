/** What checks expect of replies. Each says what was awaited and what came. */
import { excerptOf } from '@pop3kit/codec'
import { fail } from './verdict.ts'
import type { Conversation } from './wire/conversation.ts'
import type { RawReply } from './wire/reply.ts'

/** Fails with a reason unless something is so. */
export function expectThat(isSo: boolean, otherwise: string): void {
  if (!isSo) throw fail(otherwise)
}

export function expectOk(reply: RawReply): RawReply {
  expectThat(reply.ok, `Expected +OK to ${reply.to}, not "${shown(reply)}"`)
  return reply
}

export function expectErr(reply: RawReply): RawReply {
  expectThat(reply.err, `Expected -ERR to ${reply.to}, not "${shown(reply)}"`)
  return reply
}

/** Either of the two, and nothing else: for commands that a server may refuse. */
export function expectAnswer(reply: RawReply): RawReply {
  expectThat(reply.ok || reply.err, `Expected +OK or -ERR to ${reply.to}, not "${shown(reply)}"`)
  return reply
}

/** The line of a reply, fit to stand in a reason. */
export const shown = ({ raw }: RawReply): string => excerptOf(raw.octets)

/**
 * Fails when more was answered than was asked: the next reply would then be another one than that to a command which no server
 * accepts in this state.
 */
export async function expectNothingMore(
  talk: Conversation,
  state: 'AUTHORIZATION' | 'TRANSACTION',
  after: string,
): Promise<void> {
  const next = await talk.command(state === 'TRANSACTION' ? 'LIST 0' : 'NOOP')
  expectThat(next.err, `Expected one answer to ${after} and then -ERR to ${next.to}, not "${shown(next)}"`)
}
