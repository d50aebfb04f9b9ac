/** UPDATE, which only QUIT leads to (RFC 1939 section 6). */
import type { Check } from '../check.ts'
import { expectOk, expectThat } from '../expect.ts'
import type { Conversation } from '../wire/conversation.ts'
import { listed, listing } from './messages.ts'

/** The maildrop is the same after a session that marks a message and ends without QUIT. */
const keptWhen =
  (end: (talk: Conversation) => void | Promise<void>): Check['run'] =>
  async (server) => {
    const first = await server.login()
    const before = await listing(first, 'LIST')
    expectOk(await first.command(`DELE ${server.message.number}`))
    await end(first)
    const after = await listing(await server.login(), 'LIST')
    expectThat(
      after.join() === before.join(),
      `LIST has ${before.length} lines before and ${after.length} after a session without QUIT`,
    )
  }

export const quitUpdateChecks: readonly Check[] = [
  {
    id: 'quit-after-login',
    requirement: 'R38',
    level: 'MUST',
    title: 'QUIT after the login is answered +OK, the server closes, and the maildrop is free again',
    needs: [],
    async run(server) {
      const talk = await server.login()
      expectOk(await talk.command('QUIT'))
      const [more] = await talk.rest()
      expectThat(more === undefined, `Expected the end of the connection after QUIT, not "${more}"`)
      expectOk((await server.tryLogin()).answer)
    },
  },
  {
    id: 'quit-removes',
    requirement: 'R38',
    level: 'MUST',
    title: 'QUIT removes what is marked deleted, and nothing else',
    needs: ['message', 'removal'],
    async run(server) {
      const talk = await server.login()
      const before = [...(await listed(talk, 'LIST')).entries()]
      const [last] = before.at(-1) ?? [0]
      expectOk(await talk.command(`DELE ${last}`))
      expectOk(await talk.command('QUIT'))
      await talk.rest()
      const after = [...(await listed(await server.login(), 'LIST')).values()].join()
      const expected = before
        .slice(0, -1)
        .map(([, octets]) => octets)
        .join()
      expectThat(
        after === expected,
        `Expected messages of ${expected || 'no'} octets after it, not of ${after || 'none'}`,
      )
    },
  },
  {
    id: 'close-removes-nothing',
    requirement: 'R39',
    level: 'MUST',
    title: 'A session that the client closes without QUIT removes nothing',
    needs: ['message', 'marks'],
    run: keptWhen((talk) => talk.hangUp()),
  },
  {
    id: 'reset-removes-nothing',
    requirement: 'R39',
    level: 'MUST',
    title: 'A session that the client resets removes nothing',
    needs: ['message', 'marks'],
    run: keptWhen((talk) => talk.reset()),
  },
]
