/** APOP (RFC 1939 section 7). */
import { apopDigest } from '@pop3kit/codec'
import type { Check } from '../check.ts'
import type { CheckContext } from '../context.ts'
import { expectErr, expectLoggedIn, expectLoginRefused, expectOk, expectThat } from '../expect.ts'
import { notTestable } from '../verdict.ts'
import type { Conversation } from '../wire/conversation.ts'
import type { RawReply } from '../wire/reply.ts'

/** Who has the secret. */
const apopUser = ({ settings }: CheckContext): string => settings.apopUser ?? settings.user

/** A connection on which APOP was said, with a secret that may be the right one, and the answer. */
async function sayApop(
  server: CheckContext,
  secret: string,
): Promise<{ talk: Conversation; again: () => Promise<RawReply>; answer: RawReply }> {
  const { talk, timestamp } = await server.greeted()
  if (timestamp === undefined) throw notTestable('This greeting has no timestamp')
  const say = (digest: string): Promise<RawReply> => talk.command(`APOP ${apopUser(server)} ${digest}`)
  const again = (): Promise<RawReply> => say(apopDigest(timestamp, server.settings.apopSecret ?? ''))
  return { talk, again, answer: await say(apopDigest(timestamp, secret)) }
}

export const apopChecks: readonly Check[] = [
  {
    id: 'apop-timestamp',
    requirement: 'R20',
    level: 'MUST',
    title: 'The timestamp in the greeting is a msg-id, another one in every greeting',
    needs: ['APOP'],
    async run(server) {
      const timestamps = new Set<string>()
      for (let greetings = 1; greetings <= 3; greetings += 1) {
        const { timestamp, greeting } = await server.greeted()
        expectThat(
          timestamp !== undefined && /^<[^<>\s@]+@[^<>\s@]+>$/.test(timestamp),
          `Expected a msg-id "<...@...>" in the greeting, not "${greeting.line}"`,
        )
        timestamps.add(timestamp ?? '')
        expectThat(timestamps.size === greetings, `The timestamp "${timestamp}" comes in two greetings`)
      }
    },
  },
  {
    id: 'apop-login',
    requirement: 'R21',
    level: 'MUST',
    title: 'APOP with the MD5 of timestamp and secret, in lower-case hexadecimal, logs in',
    needs: ['APOP', 'APOP secret'],
    async run(server) {
      const { talk, answer } = await sayApop(server, server.settings.apopSecret ?? '')
      expectOk(answer)
      expectOk(await talk.command('NOOP'))
    },
  },
  {
    id: 'apop-wrong',
    requirement: 'R22',
    level: 'MUST',
    title: 'APOP with a wrong digest is refused, and the session stays in the AUTHORIZATION state',
    needs: ['APOP', 'APOP secret', 'failed logins'],
    async run(server) {
      const { talk, again, answer } = await sayApop(server, `not-${server.settings.apopSecret}`)
      expectErr(answer)
      expectErr(await talk.command('STAT'))
      expectLoggedIn(await again())
    },
  },
  {
    id: 'apop-or-pass',
    requirement: 'R23',
    level: 'SHOULD',
    title: 'A maildrop that takes APOP does not take the secret as a password in clear',
    needs: ['APOP', 'APOP secret', 'failed logins'],
    async run(server) {
      const first = await sayApop(server, server.settings.apopSecret ?? '')
      if (!first.answer.ok) throw notTestable(`APOP is refused: "${first.answer.line}"`)
      await first.talk.hangUp()
      const talk = await server.greet()
      const user = await talk.command(`USER ${apopUser(server)}`)
      if (user.ok) expectLoginRefused(await talk.command(`PASS ${server.settings.apopSecret}`))
    },
  },
]
