/** SASL exchanges (RFC 5034 section 4). */
import { mechanismsOf, type CheckContext } from '../context.ts'
import { expectThat, shown } from '../expect.ts'
import { plainResponse } from '../login.ts'
import { notTestable } from '../verdict.ts'
import type { Conversation } from '../wire/conversation.ts'
import type { RawReply } from '../wire/reply.ts'

/** Mechanisms that every server begins with a challenge, which may be empty. */
const challenging = /^(PLAIN|LOGIN|CRAM-MD5|DIGEST-MD5|SCRAM-\S+|XOAUTH2|OAUTHBEARER)$/

/** A challenge: "+", a space, and base64, which may be nothing (RFC 5034 section 4). */
export const isChallenge = ({ line }: RawReply): boolean =>
  /^\+ ([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(line)

/** Begins an exchange; whether the challenge is one by the letter is a check of its own. */
export async function begin(server: CheckContext, mechanism: string): Promise<Conversation> {
  const talk = await server.forMechanism(mechanism)
  const challenge = await talk.command(`AUTH ${mechanism}`)
  expectThat(/^\+(?!OK)/i.test(challenge.line), `Expected a challenge to ${challenge.to}, not "${shown(challenge)}"`)
  return talk
}

/** Answers a challenge. */
export async function respond(talk: Conversation, response: string, what: string): Promise<RawReply> {
  talk.respond(response)
  return talk.read(what, `the answer to ${what}`)
}

/** The initial response of PLAIN with the right credentials. */
export const rightPlain = ({ settings: { user, password = '' } }: CheckContext, authzid?: string): string =>
  plainResponse(user, password, authzid)

/** A login with AUTH PLAIN, which must go well before there is anything to check. */
export async function plainLogin(server: CheckContext): Promise<Conversation> {
  const talk = await server.forMechanism('PLAIN')
  const answer = await talk.command(`AUTH PLAIN ${rightPlain(server)}`)
  if (!answer.ok) throw notTestable(`AUTH PLAIN is refused: "${shown(answer)}"`)
  return talk
}

/** The mechanisms that are listed, in clear or under TLS, and begin with a challenge. */
export function listedMechanisms({ survey: { capabilities } }: CheckContext): string[] {
  const listed = [capabilities.clear, capabilities.tls].flatMap(mechanismsOf)
  return [...new Set(listed)].filter((name) => challenging.test(name))
}
