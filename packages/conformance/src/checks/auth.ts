/** AUTH (RFC 5034). */
import { encodeBase64, encodeText } from '@pop3kit/codec'
import type { Check } from '../check.ts'
import { expectErr, expectLoggedIn, expectNothingMore, expectOk, expectThat, shown } from '../expect.ts'
import { plainResponse } from '../login.ts'
import { notTestable } from '../verdict.ts'
import { wrongPassword } from './authorization.ts'
import { begin, isChallenge, listedMechanisms, plainLogin, respond, rightPlain } from './exchange.ts'
import { capabilityLines } from './messages.ts'

export const authChecks: readonly Check[] = [
  {
    id: 'sasl-mechanisms',
    requirement: 'R48',
    level: 'MUST',
    title: 'SASL lists mechanisms, and AUTH begins each of them',
    needs: ['capability SASL'],
    async run(server) {
      const { clear, tls } = server.survey.capabilities
      for (const names of [clear, tls].map((listed) => listed?.get('SASL'))) {
        expectThat(names?.length !== 0, 'SASL lists no mechanism')
      }
      for (const mechanism of listedMechanisms(server)) {
        const talk = await server.forMechanism(mechanism)
        const answer = await talk.command(`AUTH ${mechanism}`)
        expectThat(!answer.err && !answer.ok, `Expected a challenge to ${answer.to}, not "${shown(answer)}"`)
        await talk.hangUp()
      }
    },
  },
  {
    id: 'sasl-kept',
    requirement: 'R73',
    level: 'MUST',
    title: 'CAPA lists SASL after a login with AUTH, too',
    needs: ['CAPA', 'mechanism PLAIN', 'password'],
    async run(server) {
      const lines = await capabilityLines(await plainLogin(server))
      expectThat(
        lines.some((line) => /^SASL\b/i.test(line)),
        'CAPA does not list SASL after the login',
      )
    },
  },
  {
    id: 'auth-initial-response',
    requirement: 'R74',
    level: 'MUST',
    title: 'AUTH takes an initial response',
    needs: ['mechanism PLAIN', 'password'],
    async run(server) {
      const talk = await server.forMechanism('PLAIN')
      expectLoggedIn(await talk.command(`AUTH PLAIN ${rightPlain(server)}`))
      expectOk(await talk.command('NOOP'))
    },
  },
  {
    id: 'auth-challenge',
    requirement: 'R75',
    level: 'MUST',
    title: 'A challenge is "+", a space, and base64, which may be empty',
    needs: ['capability SASL'],
    async run(server) {
      let challenges = 0
      for (const mechanism of listedMechanisms(server)) {
        const talk = await server.forMechanism(mechanism)
        const answer = await talk.command(`AUTH ${mechanism}`)
        await talk.hangUp()
        if (answer.ok || answer.err) continue
        challenges += 1
        expectThat(isChallenge(answer), `Expected "+ " and base64 to ${answer.to}, not "${shown(answer)}"`)
      }
      if (challenges === 0) throw notTestable('No mechanism begins with a challenge')
    },
  },
  {
    id: 'auth-continuation',
    requirement: 'R75',
    level: 'MUST',
    title: 'AUTH without an initial response asks for it, and takes it',
    needs: ['mechanism PLAIN', 'password'],
    async run(server) {
      const talk = await begin(server, 'PLAIN')
      expectLoggedIn(await respond(talk, rightPlain(server), 'the response'))
    },
  },
  {
    id: 'auth-cancel',
    requirement: 'R76',
    level: 'MUST',
    title: 'A "*" in place of a response ends the exchange with -ERR',
    needs: ['mechanism PLAIN'],
    async run(server) {
      const talk = await begin(server, 'PLAIN')
      expectErr(await respond(talk, '*', '"*"'))
      expectOk(await talk.command('QUIT'))
    },
  },
  {
    id: 'auth-base64',
    requirement: 'R77',
    level: 'MUST',
    title: 'A response that is not base64 is refused, be its rest what it may',
    needs: ['mechanism PLAIN', 'password', 'failed logins'],
    async run(server) {
      const right = rightPlain(server)
      const wrong = {
        'a stray character': `${right.slice(0, 4)}!${right.slice(4)}`,
        'a misplaced "="': `${right.slice(0, 4)}=${right.slice(4)}`,
      }
      for (const [what, response] of Object.entries(wrong)) {
        const talk = await begin(server, 'PLAIN')
        expectErr(await respond(talk, response, `the right response with ${what} in it`))
        await talk.hangUp()
      }
    },
  },
  {
    id: 'auth-undecodable',
    requirement: 'R78',
    level: 'MUST',
    title: 'A response that is no message of the mechanism is refused',
    needs: ['mechanism PLAIN', 'failed logins'],
    async run(server) {
      const talk = await begin(server, 'PLAIN')
      expectErr(await respond(talk, encodeBase64(encodeText('no NUL in it')), 'a response without NUL'))
    },
  },
  {
    id: 'auth-failure',
    requirement: 'R78',
    level: 'MUST',
    title: 'After a failed exchange it is as if AUTH had not been sent',
    needs: ['mechanism PLAIN', 'password', 'failed logins'],
    async run(server) {
      const talk = await server.forMechanism('PLAIN')
      expectErr(await talk.command(`AUTH PLAIN ${plainResponse(server.settings.user, wrongPassword(server))}`))
      expectErr(await talk.command('STAT'))
      expectLoggedIn(await talk.command(`AUTH PLAIN ${rightPlain(server)}`))
    },
  },
  {
    id: 'auth-unknown',
    requirement: 'R79',
    level: 'MUST',
    title: 'AUTH with a mechanism that the server does not have is refused',
    needs: ['capability SASL'],
    async run(server) {
      const talk = await server.greet()
      expectErr(await talk.command('AUTH X-NOSUCH'))
      expectOk(await talk.command('QUIT'))
    },
  },
  {
    id: 'auth-unexpected-response',
    requirement: 'R79',
    level: 'MUST',
    title: 'An initial response for a mechanism that begins with the server is refused',
    needs: ['mechanism CRAM-MD5'],
    async run(server) {
      const talk = await server.forMechanism('CRAM-MD5')
      expectErr(
        await talk.command(`AUTH CRAM-MD5 ${encodeBase64(encodeText(`${server.settings.user} ${'0'.repeat(32)}`))}`),
      )
    },
  },
  {
    id: 'auth-after-login',
    requirement: 'R80',
    level: 'MUST',
    title: 'AUTH is refused after the login',
    needs: ['capability SASL'],
    async run(server) {
      const talk = await server.login()
      const [mechanism = 'PLAIN'] = listedMechanisms(server)
      expectErr(await talk.command(`AUTH ${mechanism}`))
    },
  },
  {
    id: 'auth-success',
    requirement: 'R82',
    level: 'MUST',
    title: 'The success of AUTH is one line',
    needs: ['mechanism PLAIN', 'password'],
    async run(server) {
      await expectNothingMore(await plainLogin(server), 'TRANSACTION', 'AUTH')
    },
  },
]
