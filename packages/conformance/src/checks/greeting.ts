/** The greeting and QUIT before the login (RFC 1939 sections 3 and 4). */
import type { Check } from '../check.ts'
import { expectOk, expectThat, shown } from '../expect.ts'

export const greetingChecks: readonly Check[] = [
  {
    id: 'greeting',
    requirement: 'R1',
    level: 'MUST',
    title: 'The server greets with one positive line, unasked',
    needs: [],
    async run(server) {
      const talk = await server.open()
      expectOk(await talk.greeting())
      // Before the login only -ERR can answer this; another line of the greeting would stand before it.
      const next = await talk.command('RETR 1')
      expectThat(next.err, `Expected one line and then -ERR to ${next.to}, not "${shown(next)}"`)
    },
  },
  {
    id: 'quit-before-login',
    requirement: 'R24',
    level: 'MUST',
    title: 'QUIT before the login is answered +OK, and the server closes',
    needs: [],
    async run(server) {
      const talk = await server.greet()
      expectOk(await talk.command('QUIT'))
      const [more] = await talk.rest()
      expectThat(more === undefined, `Expected the end of the connection after QUIT, not "${more}"`)
    },
  },
]
