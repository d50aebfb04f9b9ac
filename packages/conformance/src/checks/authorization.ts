/** USER, PASS and the lock on the maildrop (RFC 1939 sections 4 and 7). */
import type { Check } from '../check.ts'
import type { CheckContext } from '../context.ts'
import { expectErr, expectLoggedIn, expectOk, expectThat, shown } from '../expect.ts'
import { notOffered, notTestable } from '../verdict.ts'
import type { Conversation } from '../wire/conversation.ts'
import type { RawReply } from '../wire/reply.ts'
import { retrieve } from './messages.ts'

/** Not the password, whatever that is. */
export const wrongPassword = (server: CheckContext): string => `not-${server.settings.password ?? ''}`

/** The right password, followed by something that does not belong to it. */
async function expectRefusedWith(server: CheckContext, surplus: string): Promise<void> {
  const { user, password = '' } = server.settings
  const talk = await server.greet()
  expectOk(await talk.command(`USER ${user}`))
  const answer = await talk.command(`PASS ${password}${surplus}`)
  expectThat(answer.err, `Expected -ERR to the right password with "${surplus}" after it, not "${shown(answer)}"`)
}

/** A second login while the first session goes on. */
export async function secondLogin(
  server: CheckContext,
): Promise<{ first: Conversation; second: Conversation; answer: RawReply }> {
  const first = await server.login()
  const greeted = await server.greeted()
  return { first, second: greeted.talk, answer: await server.logIn(greeted) }
}

export const authorizationChecks: readonly Check[] = [
  {
    id: 'lock',
    requirement: 'R16',
    level: 'MUST',
    title: 'While a session has the maildrop, no other removes its messages',
    needs: ['message', 'removal'],
    async run(server) {
      const { first, second, answer } = await secondLogin(server)
      if (!answer.ok) return
      const number = server.ordinary.at(-1)?.number ?? 0
      expectOk(await second.command(`DELE ${number}`))
      expectOk(await second.command('QUIT'))
      await second.rest()
      await retrieve(first, number)
    },
  },
  {
    id: 'lock-refusal',
    requirement: 'R17',
    level: 'MUST',
    title: 'Whom the lock keeps out may say QUIT, and the lock goes with the session that has it',
    needs: [],
    async run(server) {
      const { first, second, answer } = await secondLogin(server)
      if (answer.ok) throw notOffered('A second session is let in')
      expectErr(answer)
      second.say('QUIT')
      const [goodbye, more] = await second.rest()
      expectThat(
        more === undefined && goodbye?.startsWith('-') !== true,
        `Expected +OK to "QUIT", or the end, not "${goodbye}"`,
      )
      await first.hangUp()
      expectOk((await server.tryLogin()).answer)
    },
  },
  {
    id: 'user-twice',
    requirement: 'R18',
    level: 'MUST',
    title: 'USER is refused right after a successful USER',
    needs: ['password'],
    async run(server) {
      const talk = await server.greet()
      expectOk(await talk.command(`USER ${server.settings.user}`))
      expectErr(await talk.command(`USER ${server.settings.user}`))
    },
  },
  {
    id: 'user-after-failure',
    requirement: 'R18',
    level: 'MUST',
    title: 'USER is taken again after a failed PASS, and the right password lets in',
    needs: ['password', 'failed logins'],
    async run(server) {
      const { user, password = '' } = server.settings
      const talk = await server.greet()
      expectOk(await talk.command(`USER ${user}`))
      expectErr(await talk.command(`PASS ${wrongPassword(server)}`))
      expectOk(await unlessClosed(talk, () => talk.command(`USER ${user}`)))
      expectLoggedIn(await talk.command(`PASS ${password}`))
      // Two answers to the wrong password would shift every later one (D6).
      const stat = await talk.command('STAT')
      expectThat(stat.ok && /\d+\s+\d+/.test(stat.text), `Expected the drop listing to "STAT", not "${stat.line}"`)
    },
  },
  {
    id: 'pass-without-user',
    requirement: 'R19',
    level: 'MUST',
    title: 'PASS without USER before it is refused',
    needs: ['password'],
    async run(server) {
      const talk = await server.greet()
      expectErr(await talk.command(`PASS ${server.settings.password ?? ''}`))
    },
  },
  {
    id: 'pass-after-other-command',
    requirement: 'R19',
    level: 'MUST',
    title: 'PASS is refused when another command stands between it and USER',
    needs: ['password'],
    async run(server) {
      const { user, password = '' } = server.settings
      const talk = await server.greet()
      expectOk(await talk.command(`USER ${user}`))
      expectErr(await talk.command('NOOP'))
      expectErr(await talk.command(`PASS ${password}`))
    },
  },
  {
    id: 'pass-whole-line',
    requirement: 'R19',
    level: 'MUST',
    title: 'A password is not cut at a space: the right one with more words after it is refused',
    needs: ['password', 'failed logins'],
    run: (server) => expectRefusedWith(server, ' more'),
  },
  {
    id: 'pass-trailing-space',
    requirement: 'R19',
    level: 'MUST',
    title: 'A space at the end belongs to the password, so that the right one with it is refused',
    needs: ['password', 'failed logins'],
    run: (server) => expectRefusedWith(server, ' '),
  },
]

/** A server may close after a failed login; then nobody can tell how it would have gone on. */
async function unlessClosed<T>(talk: Conversation, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (talk.ended === undefined) throw error
    throw notTestable('The server closes after a failed login')
  }
}
