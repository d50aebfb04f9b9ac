/** TOP (RFC 1939 section 7). */
import type { Check } from '../check.ts'
import type { CheckContext } from '../context.ts'
import { expectErr, expectThat } from '../expect.ts'
import { notTestable } from '../verdict.ts'
import { bodyOctets, bodyText } from '../wire/reply.ts'
import { ask, retrieve } from './messages.ts'
import { sameOctets } from './octets.ts'

/** Lines of a body that are asked for. */
const some = 3

/** Holds TOP against RETR: the header, the empty line, and so many lines. */
async function expectTop(server: CheckContext, count: number): Promise<void> {
  const talk = await server.login()
  let shown = 0
  for (const { number } of server.messages) {
    const whole = bodyText(await retrieve(talk, number))
    const empty = whole.indexOf('')
    if (empty === -1 || whole.length - empty - 1 <= count) continue
    shown += 1
    const expected = whole.slice(0, empty + 1 + count)
    const lines = bodyText(await ask(talk, `TOP ${number} ${count}`))
    const at = expected.findIndex((line, index) => line !== lines[index])
    const what = `Expected the ${expected.length} lines of header, empty line and ${count} lines of body to "TOP ${number} ${count}"`
    expectThat(lines.length === expected.length, `${what}, not ${lines.length}`)
    expectThat(at === -1, `${what}; line ${at + 1} is "${lines[at]}", in RETR it is "${expected[at]}"`)
  }
  if (shown === 0) throw notTestable(`No message has a body of more than ${count} lines`)
}

export const topChecks: readonly Check[] = [
  {
    id: 'top-header',
    requirement: 'R35',
    level: 'MUST',
    title: 'TOP with 0 lines is the header and the empty line',
    needs: ['message', 'TOP'],
    run: (server) => expectTop(server, 0),
  },
  {
    id: 'top-lines',
    requirement: 'R35',
    level: 'MUST',
    title: 'TOP with some lines is the header, the empty line, and so many lines of the body',
    needs: ['message', 'TOP'],
    run: (server) => expectTop(server, some),
  },
  {
    id: 'top-whole',
    requirement: 'R35',
    level: 'MUST',
    title: 'TOP with more lines than the body has is the whole message',
    needs: ['message', 'TOP'],
    async run(server) {
      const talk = await server.login()
      for (const { number } of server.messages) {
        const whole = bodyOctets(await retrieve(talk, number))
        const top = bodyOctets(await ask(talk, `TOP ${number} 99999`))
        expectThat(
          sameOctets(top, whole),
          `"TOP ${number} 99999" sends ${top.length} octets, RETR ${whole.length}, or other ones`,
        )
      }
    },
  },
  {
    id: 'top-arguments',
    requirement: 'R35',
    level: 'MUST',
    title: 'TOP needs two arguments, the second not below 0',
    needs: ['message', 'TOP'],
    async run(server) {
      const talk = await server.login()
      const { number } = server.message
      for (const command of ['TOP', `TOP ${number}`, `TOP ${number} -1`, `TOP ${number} abc`]) {
        expectErr(await talk.command(command))
      }
    },
  },
  {
    id: 'top-none',
    requirement: 'R35',
    level: 'MUST',
    title: 'TOP of a message that does not exist is refused',
    needs: ['TOP'],
    async run(server) {
      const talk = await server.login()
      expectErr(await talk.command(`TOP ${server.missing} 0`))
    },
  },
]
