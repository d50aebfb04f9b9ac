/** STAT, LIST, RETR, NOOP and RSET, nothing being deleted (RFC 1939 sections 5 and 11). */
import type { Check } from '../check.ts'
import { expectErr, expectNothingMore, expectOk, expectThat } from '../expect.ts'
import { bodyOctets, type RawBody } from '../wire/reply.ts'
import { listed, listing, retrieve, totals } from './messages.ts'
import { firstDifference, sameOctets } from './octets.ts'

export const transactionChecks: readonly Check[] = [
  {
    id: 'numbering',
    requirement: 'R25',
    level: 'MUST',
    title: 'Messages are numbered from 1 on, without a gap',
    needs: ['message'],
    async run(server) {
      const numbers = [...(await listed(await server.login(), 'LIST')).keys()]
      const gap = numbers.findIndex((number, index) => number !== index + 1)
      expectThat(gap === -1, `Expected number ${gap + 1} in line ${gap + 1} of LIST, not ${numbers[gap]}`)
    },
  },
  {
    id: 'stat-format',
    requirement: 'R26',
    level: 'MUST',
    title: 'STAT answers "+OK", count and octets, single spaces between them',
    needs: [],
    async run(server) {
      const talk = await server.login()
      const { line } = expectOk(await talk.command('STAT'))
      expectThat(/^\S+ \d+ \d+( .*)?$/.test(line), `Expected two numbers, single spaces before them, not "${line}"`)
    },
  },
  {
    id: 'stat-totals',
    requirement: 'R26',
    level: 'MUST',
    title: 'STAT gives the sums of what LIST lists',
    needs: [],
    async run(server) {
      const talk = await server.login()
      const { messages, octets } = await totals(talk)
      const sizes = [...(await listed(talk, 'LIST')).values()].map(Number)
      const sum = sizes.reduce((sum, size) => sum + size, 0)
      expectThat(messages === sizes.length, `STAT counts ${messages} messages, LIST lists ${sizes.length}`)
      expectThat(octets === sum, `STAT counts ${octets} octets, the sizes of LIST make ${sum}`)
    },
  },
  {
    id: 'list-format',
    requirement: 'R27',
    level: 'MUST',
    title: 'Every line of LIST is a message-number, one space, and a size',
    needs: [],
    async run(server) {
      for (const row of await listing(await server.login(), 'LIST')) {
        expectThat(/^\d+ \d+( .*)?$/.test(row), `Expected a number, one space and a size, not "${row}"`)
      }
    },
  },
  {
    id: 'list-one',
    requirement: 'R28',
    level: 'MUST',
    title: 'LIST with a message-number is one line: "+OK", the number, and the size that LIST alone gives',
    needs: ['message'],
    async run(server) {
      const talk = await server.login()
      for (const [number, octets] of await listed(talk, 'LIST')) {
        if (!server.messages.some((message) => message.number === number)) continue
        const { text, line, to } = expectOk(await talk.command(`LIST ${number}`))
        const expected = `${number} ${octets}`
        const isRight = text === expected || text.startsWith(`${expected} `)
        expectThat(isRight, `Expected "+OK ${expected}" to ${to}, not "${line}"`)
      }
      await expectNothingMore(talk, 'TRANSACTION', 'LIST with a message-number')
    },
  },
  {
    id: 'list-none',
    requirement: 'R28',
    level: 'MUST',
    title: 'LIST of a message that does not exist is refused',
    needs: [],
    async run(server) {
      const talk = await server.login()
      expectErr(await talk.command(`LIST ${server.missing}`))
      expectErr(await talk.command('LIST 0'))
    },
  },
  {
    id: 'size',
    requirement: 'R29',
    level: 'MUST',
    title: 'The size that LIST gives is what RETR sends, every line end counted as CRLF',
    needs: ['message'],
    async run(server) {
      const talk = await server.login()
      const sizes = await listed(talk, 'LIST')
      for (const { number, known } of server.messages) {
        const size = Number(sizes.get(number))
        const sent = octetsOf(await retrieve(talk, number))
        expectThat(size === sent, `LIST says ${size} octets of message ${number}, RETR sends ${sent}`)
        const octets = known?.octets ?? size
        expectThat(size === octets, `LIST says ${size} octets of message ${number}, which has ${octets}`)
      }
    },
  },
  {
    id: 'retr',
    requirement: 'R31',
    level: 'MUST',
    title: 'RETR sends the whole message, octet by octet as it is',
    needs: ['message', 'known content'],
    async run(server) {
      const { known } = server.settings
      expectThat(
        server.count === known?.length,
        `The maildrop is known to hold ${known?.length} messages, LIST lists ${server.count}`,
      )
      const talk = await server.login()
      for (const { number, known } of server.messages) {
        if (known?.content === undefined) continue
        const sent = bodyOctets(await retrieve(talk, number))
        if (sameOctets(sent, known.content)) continue
        const at = firstDifference(sent, known.content)
        const place = at === -1 ? 'one is longer' : `they differ from octet ${at} on`
        expectThat(
          false,
          `RETR sends ${sent.length} octets of message ${number}, which has ${known.content.length}: ${place}`,
        )
      }
    },
  },
  {
    id: 'retr-none',
    requirement: 'R31',
    level: 'MUST',
    title: 'RETR of a message that does not exist is refused',
    needs: [],
    async run(server) {
      const talk = await server.login()
      expectErr(await talk.command(`RETR ${server.missing}`))
      expectErr(await talk.command('RETR 0'))
    },
  },
  {
    id: 'noop',
    requirement: 'R33',
    level: 'MUST',
    title: 'NOOP is answered +OK',
    needs: [],
    async run(server) {
      expectOk(await (await server.login()).command('NOOP'))
    },
  },
  {
    id: 'rset-once',
    requirement: 'R34',
    level: 'MUST',
    title: 'RSET is answered with one +OK',
    needs: [],
    async run(server) {
      const talk = await server.login()
      expectOk(await talk.command('RSET'))
      await expectNothingMore(talk, 'TRANSACTION', 'RSET')
    },
  },
  {
    id: 'retr-removes-nothing',
    requirement: 'R40',
    level: 'MUST',
    title: 'RETR removes nothing when the session ends without QUIT',
    needs: ['message'],
    async run(server) {
      const first = await server.login()
      const before = await listing(first, 'LIST')
      await retrieve(first, server.message.number)
      await first.hangUp()
      const after = await listing(await server.login(), 'LIST')
      expectThat(
        after.join() === before.join(),
        `LIST has ${before.length} lines before, and another LIST after it: "${after.join(', ')}"`,
      )
    },
  },
]

/** The octets of a message as sent, a bare LF counted as CRLF. */
function octetsOf(body: RawBody): number {
  const bare = body.lines.filter(({ ending }) => ending === 'lf').length
  return bodyOctets(body).length + bare
}
