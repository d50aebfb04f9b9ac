/** PIPELINING (RFC 2449 section 6.6). */
import type { Check } from '../check.ts'
import { expectErr, expectLoggedIn, expectOk, expectThat } from '../expect.ts'
import { bodyOctets } from '../wire/reply.ts'
import { retrieve } from './messages.ts'
import { sameOctets } from './octets.ts'

export const pipeliningChecks: readonly Check[] = [
  {
    id: 'pipelining',
    requirement: 'R51',
    level: 'MUST',
    title: 'Commands that come in one piece are answered in turn, one whole reply after the other',
    needs: ['capability PIPELINING', 'message'],
    async run(server) {
      const talk = await server.login()
      const { number } = server.message
      const alone = bodyOctets(await retrieve(talk, number))
      const fetch = `RETR ${number}`
      talk.say('STAT', `LIST ${number}`, fetch, fetch, 'LIST', 'LIST 0', 'NOOP')
      expectOk(await talk.reply('STAT'))
      expectOk(await talk.reply(`LIST ${number}`))
      for (const command of [fetch, fetch]) {
        const together = bodyOctets(await talk.body(expectOk(await talk.reply(command))))
        expectThat(sameOctets(together, alone), `${fetch} sends ${alone.length} octets alone, and others in a row`)
      }
      const rows = await talk.body(expectOk(await talk.reply('LIST')))
      expectThat(
        rows.lines.length === server.count,
        `LIST lists ${rows.lines.length} messages in a row, ${server.count} alone`,
      )
      expectErr(await talk.reply('LIST 0'))
      expectOk(await talk.reply('NOOP'))
    },
  },
  {
    id: 'pipelining-login',
    requirement: 'R51',
    level: 'MUST',
    title: 'Commands that come in one piece with USER and PASS are answered, too',
    needs: ['capability PIPELINING', 'password'],
    async run(server) {
      const { user, password = '' } = server.settings
      const talk = await server.greet()
      const commands = [`USER ${user}`, `PASS ${password}`, 'STAT', 'NOOP', 'RSET']
      talk.say(...commands)
      for (const command of commands) expectLoggedIn(await talk.reply(command))
    },
  },
]
