/** XOAUTH2, and OAUTHBEARER (RFC 7628). */
import { encodeBase64, encodeText, formatOauthBearer, formatXoauth2 } from '@pop3kit/codec'
import type { Check } from '../check.ts'
import type { CheckContext } from '../context.ts'
import { expectErr, expectLoggedIn } from '../expect.ts'
import { begin, isChallenge, respond } from './exchange.ts'

/** Not the access token, whatever that is. */
const wrongToken = ({ settings }: CheckContext): string => `not-${settings.accessToken ?? ''}`

/** ^A, which divides the fields of a message and, alone, answers the report of an error (RFC 7628 section 3.2.3). */
const separator = '\x01'

export const bearerChecks: readonly Check[] = [
  {
    id: 'xoauth2',
    requirement: 'R85',
    level: 'MUST',
    title: 'XOAUTH2 logs in with an access token',
    needs: ['mechanism XOAUTH2', 'access token'],
    async run(server) {
      const { user, accessToken = '' } = server.settings
      const talk = await begin(server, 'XOAUTH2')
      expectLoggedIn(await respond(talk, encodeBase64(formatXoauth2({ user, accessToken })), 'the response'))
    },
  },
  {
    id: 'xoauth2-wrong',
    requirement: 'R86',
    level: 'MUST',
    title: 'XOAUTH2 with a wrong token is refused, perhaps after a challenge that tells why',
    needs: ['mechanism XOAUTH2', 'failed logins'],
    async run(server) {
      const { user } = server.settings
      const talk = await begin(server, 'XOAUTH2')
      const answer = await respond(
        talk,
        encodeBase64(formatXoauth2({ user, accessToken: wrongToken(server) })),
        'a wrong token',
      )
      expectErr(isChallenge(answer) ? await respond(talk, '', 'an empty line') : answer)
    },
  },
  {
    id: 'oauthbearer',
    requirement: 'R88',
    level: 'MUST',
    title: 'OAUTHBEARER logs in with an access token, and ignores keys that it does not know',
    needs: ['mechanism OAUTHBEARER', 'access token'],
    async run(server) {
      const { user, accessToken = '' } = server.settings
      const fields = [`n,a=${user},`, 'unknown=1', `auth=Bearer ${accessToken}`, '', ''].join(separator)
      const talk = await begin(server, 'OAUTHBEARER')
      expectLoggedIn(await respond(talk, encodeBase64(encodeText(fields)), 'the response'))
    },
  },
  {
    id: 'oauthbearer-wrong',
    requirement: 'R89',
    level: 'MUST',
    title: 'OAUTHBEARER with a wrong token tells why in a challenge and is then refused',
    needs: ['mechanism OAUTHBEARER', 'failed logins'],
    async run(server) {
      const { user } = server.settings
      const talk = await begin(server, 'OAUTHBEARER')
      const response = encodeBase64(formatOauthBearer({ user, accessToken: wrongToken(server) }))
      const answer = await respond(talk, response, 'a wrong token')
      expectErr(isChallenge(answer) ? await respond(talk, encodeBase64(encodeText(separator)), 'the lone ^A') : answer)
    },
  },
]
