/** The inactivity timer (RFC 1939 section 3). */
import type { Check } from '../check.ts'
import type { CheckContext } from '../context.ts'
import { expectErr, expectOk, expectThat } from '../expect.ts'
import { notTestable } from '../verdict.ts'
import type { Conversation } from '../wire/conversation.ts'
import { listing } from './messages.ts'

const minute = 60_000
/** As long as any timer lasts at least, but for a moment in which the command is on its way (ms). */
const almostTenMinutes = 10 * minute - 1000
/** As long as a timer is waited for (ms). */
const patience = 31 * minute

export const idleChecks: readonly Check[] = [
  {
    id: 'idle-before-login',
    requirement: 'R13',
    level: 'MUST',
    title: 'The inactivity timer lasts ten minutes before the login',
    needs: ['waiting'],
    async run(server) {
      const talk = await server.greet()
      await keepSilent(server, talk)
      expectErr(await talk.command('NOOP'))
    },
  },
  {
    id: 'idle-after-login',
    requirement: 'R13',
    level: 'MUST',
    title: 'The inactivity timer lasts ten minutes after the login, and begins anew with every command',
    needs: ['waiting'],
    async run(server) {
      const talk = await server.login()
      for (let times = 0; times < 2; times += 1) {
        await keepSilent(server, talk)
        expectOk(await talk.command('STAT'))
      }
    },
  },
  {
    id: 'idle-close',
    requirement: 'R14',
    level: 'MUST',
    title: 'When the inactivity timer expires the server closes without a word and removes nothing',
    needs: ['message', 'marks', 'waiting'],
    async run(server) {
      const talk = await server.login()
      const before = await listing(talk, 'LIST')
      expectOk(await talk.command(`DELE ${server.message.number}`))
      await waitUnlessEnded(server, talk, patience)
      if (talk.ended === undefined) throw notTestable(`The server does not close within ${patience / minute} minutes`)
      const [word] = await talk.rest()
      expectThat(word === undefined, `Expected the end of the connection, not "${word}"`)
      const after = await listing(await server.login(), 'LIST')
      expectThat(after.join() === before.join(), `LIST has ${before.length} lines before and ${after.length} after it`)
    },
  },
]

/** Says nothing for as long as any timer lasts at least. */
async function keepSilent(server: CheckContext, talk: Conversation): Promise<void> {
  const waited = await waitUnlessEnded(server, talk, almostTenMinutes)
  expectThat(talk.ended === undefined, `The server closes within ${Math.ceil(waited / minute)} minutes of silence`)
}

/** Lets time pass, minute by minute, and no longer than the server stays; says how long that was (ms). */
async function waitUnlessEnded(server: CheckContext, talk: Conversation, ms: number): Promise<number> {
  let waited = 0
  while (waited < ms && talk.ended === undefined) {
    const step = Math.min(minute, ms - waited)
    await server.wait(step)
    waited += step
  }
  return waited
}
