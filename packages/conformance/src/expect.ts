/** What checks expect of replies. Each says what was awaited and what came. */
import { excerptOf, isResponseCode } from '@pop3kit/codec'
import { fail, notTestable } from './verdict.ts'
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

/** A login that must go well. Where a session before it still has the maildrop nobody can tell. */
export function expectLoggedIn(reply: RawReply): RawReply {
  return expectOk(unlessInUse(reply))
}

/** A login that must not. */
export function expectLoginRefused(reply: RawReply): RawReply {
  return expectErr(unlessInUse(reply))
}

function unlessInUse(reply: RawReply): RawReply {
  if (isResponseCode(reply.code, 'IN-USE')) throw notTestable(`The maildrop is in use: "${shown(reply)}"`)
  return reply
}

/** A command that no server accepts in a state, and one that every server does. */
const probes = { AUTHORIZATION: ['NOOP', 'QUIT'], TRANSACTION: ['LIST 0', 'NOOP'] } as const

/** Fails when more was answered than was asked: the next replies would then be others than these two. */
export async function expectNothingMore(
  talk: Conversation,
  state: 'AUTHORIZATION' | 'TRANSACTION',
  after: string,
): Promise<void> {
  const [refused, accepted] = probes[state]
  const first = await talk.command(refused)
  expectThat(first.err, `Expected one answer to ${after}, then -ERR to ${first.to}, not "${shown(first)}"`)
  const second = await talk.command(accepted)
  expectThat(second.ok, `Expected one answer to ${after}, in the end +OK to ${second.to}, not "${shown(second)}"`)
}
