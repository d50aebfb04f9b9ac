/** DELE and what every command says of a message that is marked; the marks are taken back, or lost without UPDATE (RFC 1939 sections 5 and 6). */
import type { Check } from '../check.ts'
import type { CheckContext } from '../context.ts'
import { expectErr, expectOk, expectThat } from '../expect.ts'
import { notTestable } from '../verdict.ts'
import type { Conversation } from '../wire/conversation.ts'
import { bodyOctets } from '../wire/reply.ts'
import { listed, listing, retrieve, totals } from './messages.ts'

/** The most messages that are all marked at once. */
const most = 1000

/** A session in which a message is marked, and the number of that message. */
async function marked(server: CheckContext): Promise<{ talk: Conversation; number: number }> {
  const talk = await server.login()
  const { number } = server.message
  expectOk(await talk.command(`DELE ${number}`))
  return { talk, number }
}

/** A command about a message that is marked is refused. */
const refusedWhenMarked =
  (command: (number: number) => string): Check['run'] =>
  async (server) => {
    const { talk, number } = await marked(server)
    expectErr(await talk.command(command(number)))
    expectOk(await talk.command('RSET'))
  }

export const deletionChecks: readonly Check[] = [
  {
    id: 'numbers-stay',
    requirement: 'R25',
    level: 'MUST',
    title: 'Message-numbers and sizes stay as they are after DELE',
    needs: ['two messages', 'marks'],
    async run(server) {
      const talk = await server.login()
      const before = await listed(talk, 'LIST')
      const [first = 1, second = 2] = before.keys()
      expectOk(await talk.command(`DELE ${first}`))
      for (const [number, octets] of await listed(talk, 'LIST')) {
        const was = before.get(number)
        expectThat(
          octets === was,
          `LIST says ${octets} octets of message ${number} after DELE ${first}, and ${was} before`,
        )
      }
      const sent = bodyOctets(await retrieve(talk, second)).length
      expectOk(await talk.command('RSET'))
      const again = bodyOctets(await retrieve(talk, second)).length
      expectThat(sent === again, `RETR ${second} sends ${sent} octets after DELE ${first}, and ${again} after RSET`)
    },
  },
  {
    id: 'stat-without-marked',
    requirement: 'R26',
    level: 'MUST',
    title: 'STAT does not count messages that are marked deleted',
    needs: ['message', 'marks'],
    async run(server) {
      const talk = await server.login()
      const before = await totals(talk)
      const { number } = server.message
      const size = Number((await listed(talk, 'LIST')).get(number))
      expectOk(await talk.command(`DELE ${number}`))
      const after = await totals(talk)
      expectOk(await talk.command('RSET'))
      const expected = `${before.messages - 1} ${before.octets - size}`
      const counted = `${after.messages} ${after.octets}`
      expectThat(
        counted === expected,
        `Expected "+OK ${expected}" to "STAT" after DELE ${number}, not "+OK ${counted}"`,
      )
    },
  },
  {
    id: 'list-without-marked',
    requirement: 'R27',
    level: 'MUST',
    title: 'LIST does not list messages that are marked deleted, and is empty when all are',
    needs: ['message', 'marks'],
    async run(server) {
      if (server.count > most) throw notTestable(`The maildrop holds more than ${most} messages`)
      const talk = await server.login()
      for (const number of (await listed(talk, 'LIST')).keys()) expectOk(await talk.command(`DELE ${number}`))
      const left = await listing(talk, 'LIST')
      expectOk(await talk.command('RSET'))
      expectThat(left.length === 0, `Expected no line of LIST when all messages are marked, not "${left[0]}"`)
    },
  },
  {
    id: 'list-marked',
    requirement: 'R28',
    level: 'MUST',
    title: 'LIST of a message that is marked deleted is refused',
    needs: ['message', 'marks'],
    run: refusedWhenMarked((number) => `LIST ${number}`),
  },
  {
    id: 'retr-marked',
    requirement: 'R31',
    level: 'MUST',
    title: 'RETR of a message that is marked deleted is refused',
    needs: ['message', 'marks'],
    run: refusedWhenMarked((number) => `RETR ${number}`),
  },
  {
    id: 'dele-marked',
    requirement: 'R32',
    level: 'MUST',
    title: 'DELE of a message that is marked deleted is refused',
    needs: ['message', 'marks'],
    run: refusedWhenMarked((number) => `DELE ${number}`),
  },
  {
    id: 'dele-none',
    requirement: 'R32',
    level: 'MUST',
    title: 'DELE of a message that does not exist is refused',
    needs: ['marks'],
    async run(server) {
      const talk = await server.login()
      expectErr(await talk.command(`DELE ${server.missing}`))
      expectErr(await talk.command('DELE 0'))
      expectErr(await talk.command('DELE'))
    },
  },
  {
    id: 'dele-surplus',
    requirement: 'R11',
    level: 'MUST',
    title: 'DELE with two message-numbers is refused, and marks nothing',
    needs: ['two messages', 'marks'],
    async run(server) {
      const talk = await server.login()
      const before = await totals(talk)
      const [first, second] = server.survey.scan
      expectErr(await talk.command(`DELE ${first?.number} ${second?.number}`))
      const after = await totals(talk)
      expectThat(
        after.messages === before.messages,
        `STAT counts ${before.messages} messages before and ${after.messages} after it`,
      )
    },
  },
  {
    id: 'rset-unmarks',
    requirement: 'R34',
    level: 'MUST',
    title: 'RSET takes every mark away',
    needs: ['message', 'marks'],
    async run(server) {
      const talk = await server.login()
      const before = await listing(talk, 'LIST')
      expectOk(await talk.command(`DELE ${server.message.number}`))
      expectOk(await talk.command('RSET'))
      const after = await listing(talk, 'LIST')
      expectThat(
        after.join() === before.join(),
        `LIST has ${before.length} lines before DELE and ${after.length} after RSET`,
      )
    },
  },
  {
    id: 'top-marked',
    requirement: 'R35',
    level: 'MUST',
    title: 'TOP of a message that is marked deleted is refused',
    needs: ['message', 'marks', 'TOP'],
    run: refusedWhenMarked((number) => `TOP ${number} 0`),
  },
  {
    id: 'uidl-marked',
    requirement: 'R36',
    level: 'MUST',
    title: 'UIDL of a message that is marked deleted is refused, and UIDL alone does not list it',
    needs: ['message', 'marks', 'UIDL'],
    async run(server) {
      const { talk, number } = await marked(server)
      expectErr(await talk.command(`UIDL ${number}`))
      const isListed = (await listed(talk, 'UIDL')).has(number)
      expectOk(await talk.command('RSET'))
      expectThat(!isListed, `UIDL lists message ${number}, which is marked deleted`)
    },
  },
]
