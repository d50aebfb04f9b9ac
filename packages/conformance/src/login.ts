/** The ways to log in, and which of them a server lets the suite in by (RFC 1939 sections 4 and 7, RFC 5034). */
import { apopDigest, encodeBase64, formatPlain } from '@pop3kit/codec'
import type { Settings } from './options.ts'
import type { Conversation } from './wire/conversation.ts'
import type { RawReply } from './wire/reply.ts'

/** A way to log in. */
export type LoginMethod = 'USER' | 'PLAIN' | 'APOP'

/** What a login needs to know. */
export type Credentials = Pick<Settings, 'user' | 'password' | 'apopSecret' | 'apopUser'>

/** The ways that the credentials are enough for, the commonest first. */
export function loginMethods({ password, apopSecret }: Credentials): readonly LoginMethod[] {
  return [
    ...(password === undefined ? [] : (['USER', 'PLAIN'] as const)),
    ...(apopSecret === undefined ? [] : (['APOP'] as const)),
  ]
}

/** The initial response of PLAIN. */
export function plainResponse(user: string, password: string, authzid?: string): string {
  return encodeBase64(formatPlain({ authzid, authcid: user, password }))
}

/** How to log in: what is said first, and, when that is well, what then. */
const ways: Readonly<Record<LoginMethod, (credentials: Credentials, timestamp: string) => readonly [string, string?]>> =
  {
    USER: ({ user, password = '' }) => [`USER ${user}`, `PASS ${password}`],
    PLAIN: ({ user, password = '' }) => [`AUTH PLAIN ${plainResponse(user, password)}`],
    APOP: ({ user, apopUser = user, apopSecret = '' }, timestamp) => [
      `APOP ${apopUser} ${apopDigest(timestamp, apopSecret)}`,
    ],
  }

/** Logs in; the last reply says whether that went well. */
export async function logIn(
  talk: Conversation,
  method: LoginMethod,
  credentials: Credentials,
  timestamp = '',
): Promise<RawReply> {
  const [first, second] = ways[method](credentials, timestamp)
  const answer = await talk.command(first)
  return answer.ok && second !== undefined ? talk.command(second) : answer
}
