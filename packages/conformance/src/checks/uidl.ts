/** UIDL (RFC 1939 section 7). */
import type { Check } from '../check.ts'
import { expectErr, expectNothingMore, expectOk, expectThat } from '../expect.ts'
import { listed, listing } from './messages.ts'

export const uidlChecks: readonly Check[] = [
  {
    id: 'uidl-format',
    requirement: 'R36',
    level: 'MUST',
    title: 'Every line of UIDL is a message-number, one space, and a unique-id of 1 to 70 visible octets',
    needs: ['UIDL'],
    async run(server) {
      for (const row of await listing(await server.login(), 'UIDL')) {
        expectThat(
          /^\d+ [\x21-\x7e]{1,70}$/.test(row),
          `Expected a number, one space and 1 to 70 visible octets, not "${row}"`,
        )
      }
    },
  },
  {
    id: 'uidl-all',
    requirement: 'R36',
    level: 'MUST',
    title: 'UIDL lists the messages that LIST lists',
    needs: ['UIDL'],
    async run(server) {
      const talk = await server.login()
      const numbers = [...(await listed(talk, 'LIST')).keys()].join()
      const identified = [...(await listed(talk, 'UIDL')).keys()].join()
      expectThat(identified === numbers, `LIST lists the messages ${numbers}, UIDL ${identified}`)
    },
  },
  {
    id: 'uidl-one',
    requirement: 'R36',
    level: 'MUST',
    title: 'UIDL with a message-number is one line: "+OK", the number, and the unique-id that UIDL alone gives',
    needs: ['message', 'UIDL'],
    async run(server) {
      const talk = await server.login()
      const uids = await listed(talk, 'UIDL')
      for (const { number } of server.messages) {
        const { line, to, text } = expectOk(await talk.command(`UIDL ${number}`))
        const expected = `${number} ${uids.get(number)}`
        expectThat(text === expected, `Expected "+OK ${expected}" to ${to}, not "${line}"`)
      }
      await expectNothingMore(talk, 'TRANSACTION', 'UIDL with a message-number')
    },
  },
  {
    id: 'uidl-none',
    requirement: 'R36',
    level: 'MUST',
    title: 'UIDL of a message that does not exist is refused',
    needs: ['UIDL'],
    async run(server) {
      const talk = await server.login()
      expectErr(await talk.command(`UIDL ${server.missing}`))
    },
  },
  {
    id: 'uidl-stays',
    requirement: 'R36',
    level: 'MUST',
    title: 'Unique-ids are the same in the next session, though this one ends without UPDATE',
    needs: ['message', 'UIDL'],
    async run(server) {
      const first = await server.login()
      const before = await listing(first, 'UIDL')
      await first.hangUp()
      const after = await listing(await server.login(), 'UIDL')
      const changed = before.findIndex((row, index) => row !== after[index])
      expectThat(changed === -1, `UIDL says "${before[changed]}" in one session and "${after[changed]}" in the next`)
    },
  },
]
