/** PLAIN (RFC 4616), and how long a response may be (RFC 5034 section 4). */
import type { Check } from '../check.ts'
import { expectErr, expectLoggedIn, expectNothingMore, expectOk } from '../expect.ts'
import { plainResponse } from '../login.ts'
import { begin, respond, rightPlain } from './exchange.ts'

export const plainChecks: readonly Check[] = [
  {
    id: 'auth-long-response',
    requirement: 'R81',
    level: 'MUST',
    title: 'A response may be as long as the mechanism makes it: three times 255 octets are one response of PLAIN',
    needs: ['mechanism PLAIN', 'failed logins'],
    async run(server) {
      const talk = await begin(server, 'PLAIN')
      const part = 'x'.repeat(255)
      expectErr(await respond(talk, plainResponse(part, part, part), 'a response of 1024 characters'))
      await expectNothingMore(talk, 'AUTHORIZATION', 'a response of 1024 characters')
    },
  },
  {
    id: 'plain-under-tls',
    requirement: 'R83',
    level: 'MUST',
    title: 'Where there is AUTH, PLAIN logs in under TLS',
    needs: ['capability SASL', 'TLS', 'password'],
    async run(server) {
      const talk = await server.secure()
      expectLoggedIn(await talk.command(`AUTH PLAIN ${rightPlain(server)}`))
    },
  },
  {
    id: 'plain-authzid',
    requirement: 'R84',
    level: 'MUST',
    title: 'PLAIN for somebody else, with the own password, is refused',
    needs: ['mechanism PLAIN', 'password', 'failed logins'],
    async run(server) {
      const talk = await server.forMechanism('PLAIN')
      expectErr(await talk.command(`AUTH PLAIN ${rightPlain(server, `nobody-${server.settings.user}`)}`))
    },
  },
  {
    id: 'plain-length',
    requirement: 'R84',
    level: 'MUST',
    title: 'PLAIN takes a name and a password of 255 octets each',
    needs: ['mechanism PLAIN', 'failed logins'],
    async run(server) {
      const talk = await begin(server, 'PLAIN')
      expectErr(
        await respond(talk, plainResponse('u'.repeat(255), 'p'.repeat(255)), 'a name and a password of 255 octets'),
      )
      expectOk(await talk.command('QUIT'))
    },
  },
]
